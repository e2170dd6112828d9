// What each red line is about: people who look for one find it under its kind.
import { Select } from "antd";
import { useText } from "../../lib/i18n";
import { Zh } from "../../ui/Zh";
import { RED_KINDS, type RedKind } from "./item";
import { words } from "./words";

interface Props {
  lines: readonly string[];
  /** In the order of the lines. */
  kinds: readonly RedKind[];
  onChoose: (line: string, kind: RedKind) => void;
}

export function RedLines({ lines, kinds, onChoose }: Props) {
  const say = useText(words);
  if (lines.length === 0) return null;
  return (
    <fieldset className="power-kinds">
      <legend>{say("red_line_kinds")}</legend>
      <ul>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same.
          <li key={at}>
            <Zh>{line}</Zh>
            <Select<RedKind>
              aria-label={say("about", { line, kind: say("red_line_kinds") })}
              value={kinds[at] ?? "other"}
              onChange={(kind) => onChoose(line, kind)}
              options={RED_KINDS.map((kind) => ({ value: kind, label: say(kind) }))}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
