// Words that exist in Chinese only, such as names of places and texts of a village: a screen reader that
// reads the English page must know to change its voice.
import type { ComponentChildren } from "preact";
import { useLanguage } from "../lib/i18n";

export function Zh({ children }: { children: ComponentChildren }) {
  return useLanguage() === "en" ? <span lang="zh-CN">{children}</span> : children;
}
