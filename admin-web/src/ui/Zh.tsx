import { useLanguage } from "../lib/i18n";

const HAN = /\p{Script=Han}/u;

/** Words that mostly exist in Chinese only: a reader of the English page must know to change its voice. */
export function Zh({ children }: { children: string }) {
  const foreign = useLanguage() === "en" && HAN.test(children);
  return foreign ? <span lang="zh-CN">{children}</span> : children;
}
