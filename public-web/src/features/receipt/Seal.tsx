// The stamp on the receipt. Only here: a seal says that somebody has it in hand.
import { plainStates, word } from "@yidiantong/client";
import { useLanguage, useWords } from "../../lib/i18n";
import { words } from "./words";

const RED = "#a8321f";

export function Seal({ state }: { state: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const lines = say.seals[state] ?? say.seals.submitted ?? [];
  const wide = lines.length === 1;
  const [width, height] = wide ? [132, 50] : [70, 70];
  return (
    <svg
      class={`seal ${wide ? "wide" : ""}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={word(plainStates, state, language)}
    >
      <g transform={`rotate(-8 ${width / 2} ${height / 2})`} fill="none" stroke={RED} stroke-width="3">
        <rect x="7" y={wide ? 10 : 7} width={width - 14} height={wide ? 30 : 56} rx="8" />
        {lines.map((line, at) => (
          <text
            key={line}
            x={width / 2}
            y={wide ? 31 : 32 + at * 21}
            font-size={wide ? 16 : 19}
            font-weight="700"
            fill={RED}
            stroke="none"
            text-anchor="middle"
            font-family="Noto Serif CJK SC,Songti SC,SimSun,serif"
          >
            {line}
          </text>
        ))}
      </g>
    </svg>
  );
}
