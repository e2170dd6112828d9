// The small pieces that pages are put together from. Looks are in styles/parts.css.
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./Icon";

/** `main`: the page's one primary act. `raise`: the same, for raising a concern. `ask`: a quiet door to that. */
export type ButtonLook = "main" | "raise" | "plain" | "quiet" | "ask";

interface Dressed {
  look?: ButtonLook;
  icon?: IconName;
  /** As wide as its column. */
  wide?: boolean;
}

const dress = ({ look = "plain", wide = false }: Dressed, more: unknown): string =>
  ["btn", look, wide ? "wide" : "", typeof more === "string" ? more : ""].filter(Boolean).join(" ");

export type ButtonProps = Dressed & JSX.ButtonHTMLAttributes;

export function Button({ look, icon, wide, class: more, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} class={dress({ look, wide } as Dressed, more)} {...rest}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

export type ButtonLinkProps = Dressed & JSX.AnchorHTMLAttributes;

export function ButtonLink({ look, icon, wide, class: more, children, ...rest }: ButtonLinkProps) {
  return (
    <a class={dress({ look, wide } as Dressed, more)} {...rest}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}

/** What stands fixed below: the page's one primary act, always in reach. `Page` makes the room for it. */
export function StickyAction({ children }: { children: ComponentChildren }) {
  return (
    <div class="sticky">
      <div class="column">{children}</div>
    </div>
  );
}

export function Card({ children, class: more = "" }: { children: ComponentChildren; class?: string }) {
  return <div class={`card ${more}`}>{children}</div>;
}

/** A part of a page with its heading, and what belongs beside the heading. */
export function Section(props: {
  title: ComponentChildren;
  aside?: ComponentChildren;
  id?: string;
  class?: string;
  children: ComponentChildren;
}) {
  const id = props.id ?? "";
  return (
    <section class={`sec ${props.class ?? ""}`} aria-labelledby={id === "" ? undefined : id}>
      <header>
        <h2 id={id === "" ? undefined : id} tabIndex={id === "" ? undefined : -1}>
          {props.title}
        </h2>
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}

export type Tone = "info" | "good" | "wait" | "bad" | "plain";

const NOTICE_ICONS: Record<Tone, IconName> = {
  info: "info",
  good: "shield",
  wait: "clock",
  bad: "warn",
  plain: "info",
};

/** Something to know. `role` only where it appears while the reader is already on the page. */
export function Notice(props: {
  tone?: Tone;
  icon?: IconName;
  title?: string;
  role?: "status" | "alert";
  children?: ComponentChildren;
}) {
  const tone = props.tone ?? "info";
  return (
    <div class={`notice ${tone}`} role={props.role}>
      <Icon name={props.icon ?? NOTICE_ICONS[tone]} />
      <div>
        {props.title === undefined ? null : <p class="strong">{props.title}</p>}
        {props.children}
      </div>
    </div>
  );
}

export function Tag({ tone = "plain", children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`tag ${tone}`}>{children}</span>;
}

/** How much of a whole. The words stand beside it: the bar itself is not read out. */
export function Meter({ share, colour = 1 }: { share: number; colour?: 1 | 2 | 3 | 4 | 5 | 6 }) {
  const width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return (
    <div class="meter" aria-hidden="true">
      <i class={`d${colour}`} style={{ width }} />
    </div>
  );
}

/** Words for those who listen to the page. */
export function Hidden({ children }: { children: ComponentChildren }) {
  return <span class="sr">{children}</span>;
}
