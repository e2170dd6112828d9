// The pieces of a form: a label above every field, a hint and a fault tied to it, and the list of faults at the
// top. Looks are in styles/forms.css.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useLanguage } from "../lib/i18n";
import { Icon } from "./Icon";
import { Hidden } from "./parts";

/** What a control needs so that hint and fault are read with it. */
export interface Described {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

export const describe = (id: string, hint: unknown, fault: string | undefined): Described => {
  const by = [fault === undefined ? "" : `${id}-fault`, hint === undefined ? "" : `${id}-hint`].filter(
    Boolean,
  );
  return {
    id,
    "aria-describedby": by.length === 0 ? undefined : by.join(" "),
    "aria-invalid": fault === undefined ? undefined : "true",
  };
};

export function FaultLine({ id, fault }: { id: string; fault: string | undefined }) {
  if (fault === undefined) return null;
  return (
    <p class="fault" id={`${id}-fault`}>
      <Icon name="warn" size={1.1} />
      <span>{fault}</span>
    </p>
  );
}

interface Labelled {
  id: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  fault?: string | undefined;
}

/** One control with its label; `children` draws the control itself. */
export function Field(props: Labelled & { children: (described: Described) => ComponentChildren }) {
  const { id, label, hint, fault } = props;
  return (
    <div class={`formrow ${fault === undefined ? "" : "faulty"}`}>
      <label class="lab" for={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FaultLine id={id} fault={fault} />
      {props.children(describe(id, hint, fault))}
    </div>
  );
}

/** Several controls that answer one question. The fault's link leads to the first of them. */
export function Group(props: Labelled & { class?: string; children: ComponentChildren }) {
  const { id, label, hint, fault } = props;
  const described = describe(id, hint, fault);
  return (
    <fieldset
      class={`formrow ${fault === undefined ? "" : "faulty"} ${props.class ?? ""}`}
      id={`${id}-group`}
      aria-describedby={described["aria-describedby"]}
      aria-invalid={described["aria-invalid"]}
    >
      <legend class="lab">{label}</legend>
      {hint === undefined ? null : (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <FaultLine id={id} fault={fault} />
      {props.children}
    </fieldset>
  );
}

/** A radio button or check box as large as a thumb, with its words and what they mean. */
export function Choice(props: {
  type: "radio" | "checkbox";
  name: string;
  id?: string;
  value?: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  checked: boolean;
  onPick: (checked: boolean) => void;
}) {
  const hintId =
    props.hint === undefined || props.value === undefined ? undefined : `${props.name}-${props.value}`;
  return (
    <div class="choice">
      <label>
        <input
          type={props.type}
          name={props.name}
          {...(props.id === undefined ? {} : { id: props.id })}
          {...(props.value === undefined ? {} : { value: props.value })}
          checked={props.checked}
          aria-describedby={hintId}
          onChange={(event) => props.onPick(event.currentTarget.checked)}
        />
        <span>
          <span class="choice-name">{props.label}</span>
          {props.hint === undefined ? null : (
            <span class="choice-hint" id={hintId}>
              {props.hint}
            </span>
          )}
        </span>
      </label>
    </div>
  );
}

export interface SummaryItem {
  /** The id of the control to go to. */
  id: string;
  text: string;
}

/** The list of faults, which takes the focus each time something was found (`turn` counts the tries). */
export function FaultSummary({ title, items, turn }: { title: string; items: SummaryItem[]; turn: number }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new try moves the focus, also to the same list.
  useEffect(() => {
    if (items.length === 0) return;
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "start" });
  }, [turn]);
  if (items.length === 0) return null;
  return (
    <div class="summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li key={item.id + item.text}>
            {/* The hash is never gone to: it would be an entry of the history without what it carries. */}
            <a
              href={`#${item.id}`}
              onClick={(click) => {
                click.preventDefault();
                click.stopPropagation();
                focusField(item.id);
              }}
            >
              {item.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Brings a control into view and puts the focus there; opens the fold it may lie in. */
export function focusField(id: string): void {
  const control = document.getElementById(id);
  if (control === null) return;
  const fold = control.closest("details");
  if (fold !== null) fold.open = true;
  control.focus({ preventScroll: true });
  (document.getElementById(`${id}-group`) ?? control.closest(".formrow") ?? control).scrollIntoView({
    block: "start",
  });
}

/** How far one has come: bars for the eye, words for everybody. Stands within the heading. */
export function StepHeading({
  at,
  of,
  words,
  title,
}: {
  at: number;
  of: number;
  words: string;
  title: string;
}) {
  return (
    <>
      <span class="stepbars" aria-hidden="true">
        {Array.from({ length: of }, (_, place) => (
          <i key={place} class={place < at ? "on" : ""} />
        ))}
      </span>
      <span class="stepwords">
        {words}
        <Hidden>{useLanguage() === "en" ? ": " : "："}</Hidden>
      </span>
      <span class="steptitle">{title}</span>
    </>
  );
}
