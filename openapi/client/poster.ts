// The poster of a village: what it is for, a code that leads to the village's home, three steps, and whom to call. Drawn
// in millimetres of an A4 sheet; an A3 sheet is the same drawing, larger.
import { qrOf } from "./paper";

export type PosterLanguage = "zh" | "en" | "both";

export interface PosterOf {
  /** `东风村`. */
  village: string;
  /** What it lies in: `道外区 团结镇`. */
  within: string;
  /** Where the code leads. */
  url: string;
  /** The township's own number; without one, the country's for anything at all. */
  phone?: string;
  /** How long an answer may take, such as `15 个工作日`, where it is known. */
  answer?: { zh: string; en: string };
  language: PosterLanguage;
}

/** An element of an SVG drawing, its attributes as SVG spells them. */
export interface Shape {
  tag: "rect" | "path" | "circle" | "text";
  attrs: Readonly<Record<string, string | number>>;
  text?: string;
}

export const POSTER = { width: 210, height: 297 } as const;
/** Of the discipline organs, all over the country. */
export const NATIONAL_PHONE = "12388";
/** Of the towns' and counties' service, all over the country. */
const SERVICE_PHONE = "12345";

const PINE_900 = "#0b3d36";
const PINE_700 = "#12594e";
const INK = "#1c2624";
const RED = "#a8321f";
const LEFT = 18;
const RIGHT = POSTER.width - LEFT;
const BOX = 94;
const TOP = 124;

const WORDS = {
  zh: {
    title: ["村里的账，扫码看", "村里的事，扫码说"],
    steps: [
      ["打开微信，", "点“扫一扫”"],
      ["看每月的账，", "看事情怎么办"],
      ["有疑问点“我要", "反映问题”，", "可以不留姓名"],
    ],
    // Never those whom it may be about.
    help: "不会用手机？请家里人、邻居帮您填，或到镇里找代办，或打电话：",
    phones: { [SERVICE_PHONE]: "什么事都能问", [NATIONAL_PHONE]: "反映干部" },
    receipt: "每件反映都有回执码，凭码随时查办到哪一步。",
    answer: (limit: string) => `每件反映都有回执码，最晚 ${limit}答复。`,
  },
  en: {
    title: ["Scan to read the accounts", "Scan to raise a concern"],
    steps: [
      ["Open WeChat and", "scan this code"],
      ["Read the accounts and", "how things are done"],
      ["Something wrong? Tap", '"Raise a concern";', "no name is needed"],
    ],
    help: "No smartphone? Ask family, a neighbour or the township's desk, or call:",
    phones: { [SERVICE_PHONE]: "for anything", [NATIONAL_PHONE]: "about officials" },
    receipt: "Every concern has a receipt code that shows its progress.",
    answer: (limit: string) => `Every concern has a receipt code and is answered within ${limit}.`,
  },
} as const;

/** About how wide a text is, in its own size: Chinese signs are square, Latin letters about half of that. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += (sign.codePointAt(0) ?? 0) > 0x2000 ? 1 : 0.56;
  return width;
}

const fitted = (text: string, size: number, room: number): number =>
  Math.min(size, Math.round((room / Math.max(widthOf(text), 1)) * 10) / 10);

function write(text: string, x: number, y: number, size: number, look: Shape["attrs"] = {}): Shape {
  return { tag: "text", attrs: { x, y, "font-size": size, fill: INK, ...look }, text };
}

export function poster(of: PosterOf): Shape[] {
  return [...hills(), ...heading(of), ...code(of.url), ...steps(of.language), ...foot(of)];
}

function hills(): Shape[] {
  const path = (d: string, fill: string): Shape => ({ tag: "path", attrs: { d, fill } });
  const { width, height } = POSTER;
  return [
    { tag: "rect", attrs: { x: 0, y: 0, width, height, fill: "#fff" } },
    { tag: "rect", attrs: { x: 0, y: 0, width, height: 92, fill: PINE_900 } },
    { tag: "circle", attrs: { cx: 172, cy: 56, r: 11, fill: "#e9b44c" } },
    path("M0 84c27-20 46-22 71-8s45 4 69-10 50-9 70 5v30H0z", "#134f46"),
    path("M0 95c32-15 59-14 86-5s65 6 124-9v22H0z", "#1b6457"),
    path("M-4 102h4c48-8 81-3 113-1s65 1 97-7h4v28H-4z", "#fff"),
  ];
}

function heading({ village, within, language }: PosterOf): Shape[] {
  const white = { fill: "#fff", "font-weight": 700 };
  const lines = WORDS[language === "en" ? "en" : "zh"].title;
  const size = language === "en" ? 12.4 : 16;
  const step = language === "en" ? 16 : 20;
  const room = RIGHT - LEFT;
  const drawn = lines.map((line, at) => write(line, LEFT, 28 + at * step, size, white));
  let y = 28 + step;
  if (language === "both") {
    y += 10;
    drawn.push(write(`${WORDS.en.title[0]}. ${WORDS.en.title[1]}.`, LEFT, y, 5.6, { fill: "#fff" }));
  }
  const name = `${within} ${village}`.trim();
  drawn.push(write(name, LEFT, y + 17, fitted(name, 10, room - 34), white));
  return drawn;
}

function code(url: string): Shape[] {
  const { path, size } = qrOf(url, "Q");
  const inner = BOX - 8;
  const scale = inner / size;
  return [
    {
      tag: "rect",
      attrs: {
        x: LEFT + 1.5,
        y: TOP + 1.5,
        width: BOX - 3,
        height: BOX - 3,
        rx: 6,
        fill: "#fff",
        stroke: PINE_700,
        "stroke-width": 3,
      },
    },
    {
      tag: "path",
      attrs: {
        d: path,
        transform: `translate(${LEFT + 4} ${TOP + 4}) scale(${scale})`,
        fill: "#000",
        "shape-rendering": "crispEdges",
      },
    },
    write(url, LEFT + BOX / 2, TOP + BOX + 7, fitted(url, 4.2, BOX), { "text-anchor": "middle" }),
  ];
}

function steps(language: PosterLanguage): Shape[] {
  const parts =
    language === "both"
      ? ([
          ["zh", 7, 8.6, 700],
          ["en", 4.4, 5.4, 400],
        ] as const)
      : ([[language, language === "zh" ? 8 : 5.2, language === "zh" ? 11 : 8.2, 700]] as const);
  const shapes: Shape[] = [];
  let y = TOP + (language === "both" ? 6 : 10);
  WORDS.zh.steps.forEach((_, at) => {
    shapes.push(
      { tag: "circle", attrs: { cx: 125, cy: y, r: 5.6, fill: RED } },
      write(String(at + 1), 125, y + 2.5, 7, { fill: "#fff", "font-weight": 700, "text-anchor": "middle" }),
    );
    let line = y + 2.6;
    for (const [spoken, size, step, weight] of parts) {
      for (const text of WORDS[spoken].steps[at] ?? []) {
        shapes.push(write(text, 134, line, size, { "font-weight": weight }));
        line += step;
      }
      line -= step - (parts[1] === undefined ? 0 : parts[1][2] + 0.8);
    }
    y = line + (language === "both" ? 3.4 : language === "zh" ? 14.4 : 16);
  });
  return shapes;
}

function foot({ phone, answer, language }: PosterOf): Shape[] {
  const line: Shape = {
    tag: "rect",
    attrs: { x: LEFT, y: 238, width: RIGHT - LEFT, height: 0.5, fill: INK },
  };
  const room = RIGHT - LEFT;
  const promise = (spoken: "zh" | "en") =>
    answer === undefined ? WORDS[spoken].receipt : WORDS[spoken].answer(answer[spoken]);
  if (language !== "both") {
    const { help } = WORDS[language];
    const last = promise(language);
    return [
      line,
      write(help, LEFT, 249, fitted(help, 6.6, room)),
      ...numbers(phone, language, 264),
      write(last, LEFT, 278, fitted(last, 6.6, room)),
    ];
  }
  const { zh, en } = WORDS;
  return [
    line,
    write(zh.help, LEFT, 247, fitted(zh.help, 6.4, room)),
    write(en.help, LEFT, 253.5, 4.6),
    ...numbers(phone, "zh", 267),
    write(promise("zh"), LEFT, 277, fitted(promise("zh"), 6.4, room)),
    write(promise("en"), LEFT, 283.5, fitted(promise("en"), 4.6, room)),
  ];
}

/** The numbers to call on one line, each with what it is for. */
function numbers(own: string | undefined, spoken: "zh" | "en", y: number): Shape[] {
  const size = 13;
  const small = 5.6;
  const uses: Readonly<Record<string, string>> = WORDS[spoken].phones;
  let x = LEFT;
  return [own ?? SERVICE_PHONE, NATIONAL_PHONE].flatMap((number) => {
    const high = fitted(number, size, 74);
    // A number of the place's own is for anything, as the country's is.
    const use = uses[number] ?? uses[SERVICE_PHONE] ?? "";
    const at = x + widthOf(number) * high + 3;
    const drawn = [write(number, x, y, high, { "font-weight": 700 })];
    if (use !== "") drawn.push(write(use, at, y, small));
    x = at + widthOf(use) * small + 8;
    return drawn;
  });
}
