import { useEffect } from "react";
import { useText } from "../lib/i18n";
import { common } from "../lib/i18n/common";

/** The page's name in the browser's tab. */
export function usePageTitle(title: string): void {
  const say = useText(common);
  const product = say("product");
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
}
