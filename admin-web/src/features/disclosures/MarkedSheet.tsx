// The sheet that was checked, to take home with its bad cells marked.
import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { saveBlob } from "../../lib/csv";
import { useText } from "../../lib/i18n";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { markedSheet, type Upload } from "./data";
import { markWords } from "./importWords";

export function MarkedSheet({ upload }: { upload: Upload }) {
  const say = useText(markWords);
  const mark = useMutation({
    mutationFn: () => markedSheet(upload),
    onSuccess: (blob) => saveBlob(`${upload.file.name.replace(/\.[^.]*$/, "")}-标出问题.xlsx`, blob),
  });
  return (
    <div className="disc-marked">
      <Button icon={<DownloadOutlined aria-hidden />} loading={mark.isPending} onClick={() => mark.mutate()}>
        {say(mark.isPending ? "making" : "button")}
      </Button>
      <small className="disc-quiet">{say("hint")}</small>
      {mark.isError ? <ProblemAlert error={mark.error} /> : null}
    </div>
  );
}
