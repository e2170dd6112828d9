// Single keys for the queue. They do nothing while somebody types, while a method editor composes, with a
// modifier held, or while a dialogue is open; and they can be switched off (WCAG 2.1.4).
import { useEffect, useState } from "react";

const STORE = "ydt-staff-keys";

export function useKeysWanted(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => {
    try {
      return localStorage.getItem(STORE) !== "off";
    } catch {
      return true;
    }
  });
  const set = (next: boolean) => {
    setOn(next);
    try {
      localStorage.setItem(STORE, next ? "on" : "off");
    } catch {
      // Then it holds for this visit.
    }
  };
  return [on, set];
}

/** A box to tick takes no letters. */
const TYPING =
  "input:not([type=checkbox]), textarea, select, [contenteditable=''], [contenteditable='true'], [role='combobox']";
/** Where Enter and the letters have a meaning of their own. */
const OWN_ENTER = "a, button, [role='button'], [role='option']";

/** Whether a key may be taken as a shortcut. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
    return false;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING) != null) return false;
  if (event.key === "Enter" && target?.closest(OWN_ENTER) != null) return false;
  return ![...document.querySelectorAll("[aria-modal='true']")].some(isSeen);
}

/** A closed dialogue stays in the document, without a box. */
const isSeen = (element: Element): boolean => element.getClientRects().length > 0;

export function useKeys(keys: Readonly<Record<string, () => void>>, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      const letter = event.key.toLowerCase();
      const name = event.shiftKey && /^[a-z]$/.test(letter) ? `shift+${letter}` : letter;
      const act = Object.hasOwn(keys, name) ? keys[name] : undefined;
      if (act === undefined || !isShortcut(event)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [keys, on]);
}
