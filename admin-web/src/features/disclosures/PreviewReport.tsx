// What the check of a new sheet found, and the draft that may be made of it.
import { useMutation } from "@tanstack/react-query";
import { App } from "antd";
import type { Ref } from "react";
import { useNavigate } from "react-router";
import { useText } from "../../lib/i18n";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { Beside } from "./Beside";
import { type Columns, lacksRequired } from "./columns";
import { makeDraft, type Preview, type Upload, useForget, useVillageName } from "./data";
import { Findings } from "./Findings";
import { previewWords } from "./words";

interface Props {
  of: Preview;
  upload: Upload;
  onAgain: (columns: Columns) => void;
  ref: Ref<HTMLElement>;
  /** The draft is made: what stood on the page is kept. */
  onMade: () => void;
}

export function PreviewReport({ of, upload, onAgain, ref, onMade }: Props) {
  const say = useText(previewWords);
  const nameOf = useVillageName();
  const navigate = useNavigate();
  const forget = useForget();
  const { message } = App.useApp();
  const make = useMutation({
    mutationFn: () => makeDraft(of.preview_id),
    onSuccess: async (made) => {
      onMade();
      void message.success(say("made"));
      await navigate(`/disclosures/${made.id}`);
      await forget();
    },
  });
  return (
    <section className="card disc-report" aria-labelledby="disc-report" tabIndex={-1} ref={ref}>
      <h2 id="disc-report">{say("title")}</h2>
      <p className="disc-quiet">
        {nameOf(upload.region)} · {upload.file.name} · {say("rows_read", { n: of.rows })}
      </p>
      <Findings of={of} upload={upload} good={say("clean")} busy={false} onAgain={onAgain} />
      {lacksRequired(of) ? null : <Beside of={of} kind={upload.kind} />}
      {make.isError ? <ProblemAlert error={make.error} /> : null}
      {of.errors.length === 0 ? (
        <SendButton type="primary" size="large" loading={make.isPending} onClick={() => make.mutate()}>
          {say(make.isPending ? "making" : "make")}
        </SendButton>
      ) : null}
    </section>
  );
}
