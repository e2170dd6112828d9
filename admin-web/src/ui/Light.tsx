// A light is a shape and a colour, and words stand beside it: nobody has to tell red from green.
import { lights, word } from "@yidiantong/client";
import type { Light as LightCode } from "../lib/cases";
import { useLanguage } from "../lib/i18n";

const SHAPES: Record<LightCode, React.ReactNode> = {
  red: (
    <>
      <path d="M7 1.5h10L22.5 7v10L17 22.5H7L1.5 17V7z" fill="#c62828" />
      <path d="M12 6.2v7.4" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="12" cy="17.6" r="1.6" fill="#fff" />
    </>
  ),
  yellow: (
    <>
      <path d="M12 2 23 21.5H1z" fill="#f2b441" stroke="#b87d12" strokeWidth="1.2" strokeLinejoin="round" />
      <path d="M12 9v5.6" stroke="#3d2900" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="12" cy="18.2" r="1.4" fill="#3d2900" />
    </>
  ),
  blue: (
    <>
      <path d="M12 1.2 22.8 12 12 22.8 1.2 12z" fill="#2b6ea3" />
      <path
        d="M8 12h7.2M12.2 8.8l3.4 3.2-3.4 3.2"
        stroke="#fff"
        strokeWidth="2"
        fill="none"
        strokeLinecap="round"
      />
    </>
  ),
  green: (
    <>
      <circle cx="12" cy="12" r="10.8" fill="#1e7b4f" />
      <path d="m7.2 12.4 3.3 3.3 6.3-7" stroke="#fff" strokeWidth="2.4" fill="none" strokeLinecap="round" />
    </>
  ),
};

interface Props {
  light: LightCode | null | undefined;
  size?: number;
  /** Words stand beside it already. */
  silent?: boolean;
}

export function Light({ light, size = 18, silent = false }: Props) {
  const language = useLanguage();
  if (light == null) {
    return (
      <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="light">
        <circle cx="12" cy="12" r="10" fill="none" stroke="#7d8682" strokeWidth="2" strokeDasharray="4 3.2" />
        <path d="M8 12h8" stroke="#7d8682" strokeWidth="2" strokeLinecap="round" />
      </svg>
    );
  }
  return (
    <>
      <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="light">
        {SHAPES[light]}
      </svg>
      {silent ? null : <span className="unseen">{word(lights, light, language)}</span>}
    </>
  );
}
