// What several of these pages show: a state, the equation, signatures.
import { CheckCircleFilled, EditOutlined, FileDoneOutlined, RollbackOutlined } from "@ant-design/icons";
import { formatDay, formatFen, formatInstant, type Language } from "@yidiantong/client";
import { type ReactNode, useEffect, useRef } from "react";
import { useLanguage, useText } from "../../lib/i18n";
import type { Disclosure, DisclosureState } from "./data";
import { stateWords, words } from "./words";

const SHAPES: Record<DisclosureState, ReactNode> = {
  draft: <EditOutlined aria-hidden />,
  signed: <FileDoneOutlined aria-hidden />,
  published: <CheckCircleFilled aria-hidden />,
  withdrawn: <RollbackOutlined aria-hidden />,
};

/** The page's name: whoever comes here by keyboard or with a reader begins at it. */
export function Heading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 tabIndex={-1} ref={heading}>
      {children}
    </h1>
  );
}

/** Shape, colour and word: never by colour alone. */
export function StateTag({ state }: { state: DisclosureState }) {
  const say = useText(stateWords);
  return (
    <span className={`disc-state ${state}`}>
      {SHAPES[state]} {say(state)}
    </span>
  );
}

/** What still waits, for a draft or for a correction of what is published, and whether it waits for whoever reads this. */
export function Waits({ of }: { of: Disclosure }) {
  const say = useText(words);
  const { correction, state } = of;
  const may = (action: string) => of.allowed_actions.some((allowed) => allowed === action);
  if (correction == null && !may("sign") && !may("publish")) return null;
  const next = (correction?.state ?? state) === "signed" ? "publish" : "sign";
  const mine = may(next);
  return (
    <span className={`disc-state ${mine ? "draft" : "signed"}`}>
      {correction == null ? null : `${say("version_n", { n: correction.version })} `}
      {say(mine ? `waits_you_${next}` : `waits_${next}`)}
    </span>
  );
}

export interface Sums {
  opening_fen: number;
  income_fen: number;
  expense_fen: number;
  closing_fen: number;
}

/** How far the sums are from adding up, in fen. */
export const gapOf = (sums: Sums): number =>
  sums.opening_fen + sums.income_fen - sums.expense_fen - sums.closing_fen;

/** Carried over ＋ income － spending ＝ left now, or ≠ where that is not so. */
export function Equation({ sums }: { sums: Sums }) {
  const say = useText(words);
  const language = useLanguage();
  const part = (word: string, fen: number) => (
    <span className="disc-part">
      <small>{word}</small>
      <strong>{formatFen(fen, language)}</strong>
    </span>
  );
  const sign = (mark: string) => <span className="disc-mark">{mark}</span>;
  return (
    <p className="disc-equation">
      {part(say("opening"), sums.opening_fen)}
      {sign("＋")}
      {part(say("income"), sums.income_fen)}
      {sign("－")}
      {part(say("expense"), sums.expense_fen)}
      {sign(gapOf(sums) === 0 ? "＝" : "≠")}
      {part(say("closing"), sums.closing_fen)}
    </p>
  );
}

/** The day of an instant: the API says it by China's clocks. */
export const dayOf = (instant: string, language: Language): string =>
  formatDay(instant.slice(0, 10), language);

/** Who has signed, and when; people's names are not told. */
export function Signatures({ of, brief = false }: { of: Pick<Disclosure, "signoffs">; brief?: boolean }) {
  const say = useText(words);
  const language = useLanguage();
  if (of.signoffs.length === 0) return <span className="disc-quiet">{say("unsigned")}</span>;
  return (
    <ul className="disc-signatures">
      {of.signoffs.map((signoff) => (
        <li key={`${signoff.role} ${signoff.at}`}>
          {say(signoff.role === "supervision_committee" ? "committee" : signoff.role)}
          <small>{brief ? dayOf(signoff.at, language) : formatInstant(signoff.at, language)}</small>
          {signoff.on_paper ? <small>{say("on_paper")}</small> : null}
          {signoff.note && !brief ? <q>{signoff.note}</q> : null}
        </li>
      ))}
    </ul>
  );
}
