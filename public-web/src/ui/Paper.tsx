// The frame of what is made for paper: on the screen the size to choose, the button, and what will come out; on paper
// only the sheet, with where it comes from at the foot of each page.
import { formatDay } from "@yidiantong/client";
import { PAPER_SIZES, type PaperSize, pageRule, putRule } from "@yidiantong/client/paper";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { labelled, useLanguage, useWords } from "../lib/i18n";
import { useLoad } from "../lib/load";
import { readTime } from "../lib/reads";
import { inWeChat } from "../lib/wechat";
import { Page } from "./Page";
import "./paper.css";
import { Button } from "./parts";
import { Qr } from "./Qr";
import { Zh } from "./Zh";

const words = {
  zh: {
    title: "打印",
    size: "纸的大小",
    print: "打印",
    hint: "没有打印机：在打印窗口里选“存为 PDF”，拿到打印店去打。",
    wechat: "微信里不能打印：请点右上角“…”，选“在浏览器打开”，再点打印。",
    preview: "打出来的样子",
    scan: "扫码看最新的",
    printed: (when: string) => `${when}打印`,
  },
  en: {
    title: "Print",
    size: "Paper",
    print: "Print",
    hint: "No printer? Choose “Save as PDF” in the print window and take it to a copy shop.",
    wechat: "WeChat cannot print: tap “…” at the top right, open the page in a browser, and print there.",
    preview: "What comes out",
    scan: "Scan for the latest",
    printed: (when: string) => `Printed on ${when}`,
  },
};

/** The types of an A3 sheet, which hangs on a wall, from the largest down (paper.css has their sizes). */
const TYPES = ["", "less", "small", "least"] as const;
type Type = (typeof TYPES)[number];
/** What of an A3 sheet its margins leave, and a little less: a printer breaks lines a little otherwise than the screen. */
const ROOM_MM = (420 - 20 - 25) * 0.97;
const PX_PER_MM = 96 / 25.4;

/**
 * The largest type in which it is one sheet. What is longer in any of them takes no more sheets than in the small one,
 * which are fewer than of A4, and the largest type that allows.
 */
function typeFor(sheet: HTMLElement): Type {
  const before = sheet.className;
  const sheets = (type: Type) => {
    sheet.className = `sheet a3 measured ${type}`;
    return Math.ceil(sheet.offsetHeight / (ROOM_MM * PX_PER_MM));
  };
  const most = sheets("least") === 1 ? 1 : sheets("small");
  const found = TYPES.find((type) => sheets(type) <= most);
  sheet.className = before;
  return found ?? "small";
}

export interface PaperProps {
  /** What comes out, of which village and period: browsers name the file by the document's title. */
  name?: string | undefined;
  /** Where "back" leads: the page that is printed. */
  back: string;
  /** The address at the foot of each page; without it the drawing fills the sheet to its edges. */
  url?: string;
  children: ComponentChildren;
}

export function Paper({ name: what, back, url, children }: PaperProps) {
  const say = useWords(words);
  const language = useLanguage();
  const [size, setSize] = useState<PaperSize>("A4");
  const [type, setType] = useState<Type>("");
  const article = useRef<HTMLElement>(null);
  const name = useId();
  // The day by which the page itself counts; without a line, or before the answer, the machine's.
  const time = useLoad(readTime, []);
  const today =
    time.state === "ready" ? time.data.case_time.slice(0, 10) : new Date().toLocaleDateString("sv");
  const printed = say.printed(formatDay(today, language));

  // With the sheet itself: who prints at once must not get the size before.
  useLayoutEffect(() => {
    const sheet = document.styleSheets[0];
    if (sheet === undefined) return;
    const foot = url === undefined ? {} : { foot: { text: url, more: printed, language } };
    return putRule(sheet, pageRule({ size, ...foot }));
  }, [size, url, printed, language]);

  // After each drawing: what is on the sheet comes later than the sheet.
  useLayoutEffect(() => {
    if (article.current !== null && size === "A3" && url !== undefined) setType(typeFor(article.current));
  });

  return (
    <Page
      title={what === undefined ? say.title : `${what} · ${say.title}`}
      heading={
        what === undefined ? (
          say.title
        ) : (
          <>
            {labelled(say.title, "")}
            <Zh>{what}</Zh>
          </>
        )
      }
      back={back}
      wide
    >
      <div class="paper-tools">
        <fieldset class="paper-sizes">
          <legend>{say.size}</legend>
          {PAPER_SIZES.map((each) => (
            <label key={each}>
              <input type="radio" name={name} checked={each === size} onChange={() => setSize(each)} />
              <span>{each}</span>
            </label>
          ))}
        </fieldset>
        {inWeChat() ? (
          <p>{say.wechat}</p>
        ) : (
          <>
            <Button look="main" wide onClick={() => print()}>
              {say.print}
            </Button>
            <p class="cap">{say.hint}</p>
          </>
        )}
      </div>
      <article
        ref={article}
        class={`sheet ${size.toLowerCase()} ${url === undefined ? "whole" : type}`}
        aria-label={say.preview}
      >
        {children}
        {url === undefined ? null : (
          <p class="sheet-end foot-too">
            {url} · {printed}
          </p>
        )}
      </article>
    </Page>
  );
}

/** The head of a sheet: what it is, of which village, and the code that leads to it. */
export function SheetHead(props: {
  title: string;
  place: string;
  url: string;
  children?: ComponentChildren;
}) {
  const say = useWords(words);
  return (
    <header class="sheet-head">
      <div>
        <p class="sheet-place">
          <Zh>{props.place}</Zh>
        </p>
        <h2>
          <Zh>{props.title}</Zh>
        </h2>
        {props.children}
      </div>
      <figure>
        <Qr url={props.url} />
        <figcaption>{say.scan}</figcaption>
      </figure>
    </header>
  );
}

/** A table that may be wider than a phone: it scrolls sideways, and the keyboard reaches it. */
export function SheetTable({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard.
    <section class="sheet-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
