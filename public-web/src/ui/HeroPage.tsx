// The frame of the two pages one arrives at: the home of a village, and the way to find one.
import { type ComponentChildren, Fragment } from "preact";
import { labelled, useLanguage } from "../lib/i18n";
import { Foot } from "./Foot";
import { Hero } from "./Hero";
import { InTurn } from "./InTurn";
import { SkipLink, usePageTitle } from "./Page";
import { Hidden } from "./parts";
import { Strips } from "./Strips";
import { TabBar } from "./TabBar";
import { Tools } from "./Tools";
import { Zh } from "./Zh";

export function HeroPage(props: {
  /** The document's title. */
  title: string;
  /** Whose heading it is, for the ear: the eye reads it at the top. */
  of?: string | undefined;
  /** The heading, in parts: a line is broken between them, never inside one. */
  heading: readonly string[];
  /** What stands at the top left. */
  place: ComponentChildren;
  /** Under the heading. */
  offer?: ComponentChildren;
  wide?: boolean;
  children: ComponentChildren;
}) {
  const heading = usePageTitle(props.title);
  const spaced = useLanguage() === "en";
  return (
    <div class={`page with-tabs ${props.wide ? "broad" : ""}`}>
      <SkipLink />
      <TabBar />
      <Hero>
        <div class="hero-top">
          {props.place}
          <Tools />
        </div>
        <h1 class="hero-title" ref={heading} tabIndex={-1}>
          {props.of === undefined ? null : (
            <Hidden>
              <Zh>{labelled(props.of, "")}</Zh>
            </Hidden>
          )}
          {props.heading.map((part) => (
            <Fragment key={part}>
              <span>{part}</span>
              {spaced ? " " : <wbr />}
            </Fragment>
          ))}
        </h1>
        {props.offer}
        <Strips />
      </Hero>
      <main id="text" class="column" tabIndex={-1}>
        {props.children}
      </main>
      <InTurn>
        <Foot key="foot" />
      </InTurn>
    </div>
  );
}
