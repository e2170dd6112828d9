// Sheets of other programs have other headings: here somebody says which of them is which column.
import { Alert, App, Button, Select } from "antd";
import { useId, useState } from "react";
import { useText } from "../../lib/i18n";
import { useStaff } from "../../lib/session";
import { SendButton } from "../../ui/SendButton";
import { type Columns, canMatch, fits, forgetColumns, keptColumns, lacksRequired, preset } from "./columns";
import type { Kind, Preview } from "./data";
import { matchWords } from "./importWords";

interface Props {
  of: Preview;
  kind: Kind;
  busy: boolean;
  onAgain: (columns: Columns) => void;
}

/** Nothing where everything was understood. What is typed here belongs to one answer: give it a key of that. */
export function MatchColumns({ of, kind, busy, onAgain }: Props) {
  const say = useText(matchWords);
  const { id: who } = useStaff();
  const { message } = App.useApp();
  const id = useId();
  const [kept, setKept] = useState(() => keptColumns(who, kind));
  const [columns, setColumns] = useState<Columns>(() => preset(kept, of));
  if (!canMatch(of)) return null;
  const needed = lacksRequired(of);
  const fromBefore = kept !== null && fits(kept, of);
  const chosen = new Set(Object.values(columns));
  const forget = () => {
    forgetColumns(who, kind);
    setKept(null);
    setColumns(preset(null, of));
    void message.success(say("forgotten"));
  };
  return (
    <details className="disc-match" open={needed || fromBefore}>
      <summary>{say("title")}</summary>
      <p>{say(needed ? "needed" : "optional")}</p>
      {fromBefore ? <Alert type="info" showIcon role="status" title={say("from_before")} /> : null}
      <div className="disc-matches">
        {of.columns.map(({ heading, required }) => {
          const at = `${id}-${heading}`;
          const mine = columns[heading] ?? "";
          const open = required && mine === "";
          return (
            <div key={heading} className={`disc-match-row${open ? " open" : ""}`}>
              <label htmlFor={at}>
                {heading}
                {required ? <small> {say("required")}</small> : null}
              </label>
              <Select
                id={at}
                value={mine}
                status={open ? "warning" : ""}
                showSearch={{ optionFilterProp: "label" }}
                onChange={(theirs) => setColumns({ ...columns, [heading]: theirs })}
                options={[
                  { value: "", label: say("none"), samples: "" },
                  ...oneOfEach(of.sheet_columns).map(({ letter, heading: theirs, samples }) => ({
                    value: theirs,
                    label: `${letter}　${theirs}`,
                    disabled: theirs !== mine && chosen.has(theirs),
                    samples: samples.length === 0 ? "" : say("example", { texts: samples.join("、") }),
                  })),
                ]}
                optionRender={({ data }) => (
                  <>
                    {data.label}
                    {data.samples === "" ? null : (
                      <small className="disc-sub disc-sample">{data.samples}</small>
                    )}
                  </>
                )}
              />
            </div>
          );
        })}
      </div>
      <p className="disc-quiet">{say("kept")}</p>
      <div className="disc-do">
        <SendButton type={needed ? "primary" : "default"} loading={busy} onClick={() => onAgain(columns)}>
          {say("again")}
        </SendButton>
        {kept === null ? null : (
          <Button type="link" onClick={forget}>
            {say("forget")}
          </Button>
        )}
      </div>
    </details>
  );
}

/** A heading that stands twice is one choice: the server says that it stands twice. */
function oneOfEach(columns: Preview["sheet_columns"]): Preview["sheet_columns"] {
  const first = new Map<string, Preview["sheet_columns"][number]>();
  for (const column of columns) if (!first.has(column.heading)) first.set(column.heading, column);
  return [...first.values()];
}
