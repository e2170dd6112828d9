// The frame of every page but the home: skip link, bar with back, text size and language; heading that takes
// the focus when the reader arrives; room for a sticky act or the four tabs.
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { isPersonal } from "../lib/apart";
import { labelled, useWords } from "../lib/i18n";
import { goBack } from "../lib/navigate";
import { Foot } from "./Foot";
import { Icon } from "./Icon";
import { Hidden } from "./parts";
import { QuickExit } from "./QuickExit";
import { Strips } from "./Strips";
import { TabBar, villageOf } from "./TabBar";
import { Tools } from "./Tools";

const words = {
  zh: { site: "监督一点通", skip: "跳到正文", back: "返回" },
  en: { site: "Yidiantong", skip: "Skip to the text", back: "Back" },
};

// The document opens with the focus where the browser puts it; only later pages are announced by moving it.
let arrived = false;

/** Title and focus of a page. Give the result to the page's `<h1 tabIndex={-1}>`. */
export function usePageTitle(title: string, within = ""): RefObject<HTMLHeadingElement> {
  const { site } = useWords(words);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Not twice what it is: "accounts" within "accounts of the village".
    const parts = within.includes(title) ? [within, site] : [title, within, site];
    document.title = parts.filter(Boolean).join(" · ");
  }, [title, within, site]);
  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true });
    arrived = true;
  }, []);
  return heading;
}

export function SkipLink() {
  const say = useWords(words);
  return (
    <a class="skip" href="#text">
      {say.skip}
    </a>
  );
}

export function Bar({ back, title }: { back?: string | undefined; title?: string | undefined }) {
  const say = useWords(words);
  const goUp = (click: MouseEvent) => {
    if (back === undefined || click.ctrlKey || click.metaKey || click.shiftKey) return;
    click.preventDefault();
    click.stopPropagation();
    goBack(back);
  };
  return (
    <header class="bar">
      <div class="column">
        {back === undefined ? null : (
          <a class="up" href={back} onClick={goUp}>
            <Icon name="back" />
            <span>{say.back}</span>
          </a>
        )}
        <span class="name">{title ?? say.site}</span>
        <Tools />
      </div>
    </header>
  );
}

export interface PageProps {
  /** The heading, and the document's title. */
  title: string;
  /** Instead of the plain heading; must hold nothing but what may stand in an `h1`. */
  heading?: ComponentChildren;
  /** What the bar says; the site's name when left out. */
  bar?: string | undefined;
  /** Where "back" leads for somebody who came from outside. Without it there is no "back". */
  back?: string;
  /** A `<StickyAction>`; it takes the place of the tabs, since only one bar fits below. */
  sticky?: ComponentChildren;
  /** What stands beside or under the heading. */
  beside?: ComponentChildren;
  /** Wider, for pages of two columns on a desktop. */
  wide?: boolean;
  children?: ComponentChildren;
}

export function Page(props: PageProps) {
  const { path } = useLocation();
  const heading = usePageTitle(props.title, props.bar);
  // Whoever listens hears of which village it is, which the eye reads in the bar just above.
  const above = villageOf(path) === null ? "" : (props.bar ?? "");
  const place = above.replace(props.title, "").trim();
  const sticky = props.sticky !== undefined && props.sticky !== null;
  return (
    <div class={`page ${sticky ? "with-sticky" : "with-tabs"} ${props.wide ? "broad" : ""}`}>
      <SkipLink />
      <TabBar below={!sticky} />
      <Bar back={props.back} title={props.bar} />
      {isPersonal(path) ? <QuickExit /> : null}
      <main id="text" class="column" tabIndex={-1}>
        <Strips />
        <div class="head">
          <h1 ref={heading} tabIndex={-1}>
            {place === "" ? null : <Hidden>{labelled(place, "")}</Hidden>}
            {props.heading ?? props.title}
          </h1>
          {props.beside}
        </div>
        {props.children}
      </main>
      <Foot />
      {props.sticky}
    </div>
  );
}
