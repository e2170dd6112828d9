// A file by choosing it or by dropping it: dragging is never the only way (WCAG 2.5.7).
import { FileExcelOutlined } from "@ant-design/icons";
import { type DragEvent, useState } from "react";
import { useText } from "../../lib/i18n";
import { FilePick } from "../../ui/FilePick";
import { uploadWords } from "./words";

interface Props {
  id: string;
  label?: string;
  file: File | null;
  fault: string | undefined;
  onFile: (file: File | null, fault?: string) => void;
}

const MIB = 1024 * 1024;
const LIMITS = { xlsx: 5, csv: 48, json: 48 } as const;

export function FileField({ id, label, file, fault, onFile }: Props) {
  const say = useText(uploadWords);
  const [over, setOver] = useState(false);

  const take = (next: File | undefined) => {
    if (next === undefined) return;
    const kind = (["xlsx", "csv", "json"] as const).find((end) =>
      next.name.toLowerCase().endsWith(`.${end}`),
    );
    if (kind === undefined) onFile(null, say("bad_file"));
    else if (next.size > LIMITS[kind] * MIB) onFile(null, say("too_large", { n: LIMITS[kind] }));
    else onFile(next);
  };
  const drag = (event: DragEvent, within: boolean) => {
    event.preventDefault();
    setOver(within);
  };

  return (
    <div className="disc-field">
      <label htmlFor={id}>{label ?? say("file")}</label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the field inside does the same by keyboard. */}
      <div
        className={`disc-drop${over ? " over" : ""}${fault === undefined ? "" : " wrong"}`}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false);
          take(event.dataTransfer.files[0]);
        }}
      >
        <FileExcelOutlined aria-hidden className="disc-drop-icon" />
        {file === null ? null : <strong className="disc-file">{file.name}</strong>}
        <FilePick
          id={id}
          accept=".xlsx,.csv,.json"
          wrong={fault !== undefined}
          describedBy={`${id}-hint${fault === undefined ? "" : ` ${id}-fault`}`}
          face={say(file === null ? "choose" : "choose_other")}
          onPick={take}
        />
        <span className="disc-quiet">{say("drop")}</span>
        <small id={`${id}-hint`}>{say("file_hint")}</small>
      </div>
      {fault === undefined ? null : (
        <span className="disc-fault" id={`${id}-fault`} role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}
