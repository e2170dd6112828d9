import type { Light as LightCode, QueueCounts } from "../../lib/cases";
import { useText } from "../../lib/i18n";
import { Light } from "../../ui/Light";
import { words } from "./words";

const LIGHTS = ["red", "yellow", "blue", "green"] as const;

interface Props {
  counts: QueueCounts | undefined;
  chosen: string | null;
  onChoose: (light: LightCode | null) => void;
}

/** How many stand how; a press shows only those. */
export function Tiles({ counts, chosen, onChoose }: Props) {
  const say = useText(words);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every browser.
    <div
      className={counts === undefined || counts.none === 0 ? "tiles" : "tiles five"}
      role="group"
      aria-label={say("tiles")}
    >
      {LIGHTS.map((light) => (
        <button
          key={light}
          type="button"
          className={`tile ${light}`}
          aria-pressed={chosen === light}
          onClick={() => onChoose(chosen === light ? null : light)}
        >
          <Light light={light} size={26} silent />
          <span>
            <strong>{counts === undefined ? "–" : counts[light]}</strong>
            <small>{say(`tile_${light}`)}</small>
          </span>
        </button>
      ))}
      {counts === undefined || counts.none === 0 ? null : (
        // So that they add up; it is no light, and there is no way to ask for it alone.
        <p className="tile none">
          <Light light={null} size={26} />
          <span>
            <strong>{counts.none}</strong>
            <small>{say("tile_none")}</small>
          </span>
        </p>
      )}
    </div>
  );
}
