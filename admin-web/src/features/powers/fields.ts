// Places within an item (RFC 6901), in words: `/steps/1/limit` is what a change or a fault is about.
import type { Say } from "../../lib/i18n";
import { words } from "./words";

type Word = keyof typeof words;
export type Words = Say<Word>;

export const isWord = (name: string): name is Word => name in words;

/** `红线（一行一条）` is what a form says; elsewhere it is 红线. */
export const short = (label: string): string => label.replace(/ ?[（(].*$/, "");

/** What a pointer names; the pointer itself where it is none of an item's. */
export function place(say: Words, pointer: string): string {
  const [, name = "", at, inner] = pointer.split("/");
  if (!isWord(name)) return pointer;
  if (at === undefined) return short(say(name));
  const n = Number(at) + 1;
  const entry = name === "steps" ? say("steps_field", { n }) : `${short(say(name))} · ${say("entry", { n })}`;
  const part = inner === undefined ? "" : name === "steps" && inner === "name" ? "step_name" : inner;
  const what = part === "publish" ? "posting" : part;
  return isWord(what) ? `${entry} · ${say(what)}` : entry;
}
