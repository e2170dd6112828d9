// To the form, for a village and perhaps a kind of matter. The village is the page's, which need not be the reader's own.
import type { ComponentChildren } from "preact";
import { go } from "../lib/navigate";
import { ButtonLink } from "./parts";

export function RaiseLink(props: { village: string; category?: string; children: ComponentChildren }) {
  const { village, category, children } = props;
  const href = `/new?village=${village}`;
  return (
    <ButtonLink
      look="ask"
      href={href}
      onClick={(click) => {
        if (click.ctrlKey || click.metaKey || click.shiftKey) return;
        click.preventDefault();
        click.stopPropagation();
        go(href, { state: category === undefined ? null : { category } });
      }}
    >
      {children}
    </ButtonLink>
  );
}
