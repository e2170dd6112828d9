// Whether words for villagers are plain (frontend.md 6.4). It advises and forbids nothing: who writes knows the case.

/** Official words, and how people say it. Empty: leave it out. */
const OFFICIAL: readonly (readonly [official: string, plain: string])[] = [
  ["信访件", "您反映的事"],
  ["信访人", "您"],
  ["受理告知", "收到了您的反映"],
  ["不予受理", "这里不能办"],
  ["逾期", "超时"],
  ["予以", ""],
  ["特此", ""],
  ["经查", "我们查了"],
  ["经核实", "我们核对了"],
  ["核查属实", "查过了，是真的"],
  ["上述", "这些"],
  ["该笔", "这一笔"],
  ["该村", "村里"],
  ["届时", "到时候"],
  ["责成", "要求"],
  ["酌情", "看情况"],
  ["相关规定", "哪一条规定，请写出来"],
  ["有关规定", "哪一条规定，请写出来"],
  ["有关部门", "哪个部门，请写出来"],
  ["相关部门", "哪个部门，请写出来"],
  ["贵", "您"],
  ["系统繁忙", "什么没成、怎么办"],
];

/** 贵 alone is a price: only as a courtesy it is official. */
const COURTESY = /贵(?=单位|村|处|方)/;

/** The most characters that are read in one breath. */
export const LONG = 40;
/** Words of an English sentence. */
const LONG_WORDS = 28;

export type Advice =
  | { kind: "long"; text: string; length: number }
  | { kind: "official"; text: string; plain: string }
  /** 10 个工作日内 says no day. */
  | { kind: "days"; text: string };

const isLong = (sentence: string): boolean =>
  /[\u4e00-\u9fff]/.test(sentence)
    ? [...sentence].length > LONG
    : sentence.split(/\s+/).filter(Boolean).length > LONG_WORDS;

/** What could be said more plainly, in the order of the text's kinds: sentences, words, days. */
export function advise(text: string): Advice[] {
  const sentences = text
    .split(/[。！？!?；;\n]|\.\s/)
    .map((part) => part.trim())
    .filter(Boolean);
  const long: Advice[] = sentences
    .filter(isLong)
    .map((sentence) => ({ kind: "long", text: sentence, length: [...sentence].length }));
  const official: Advice[] = OFFICIAL.filter(([word]) =>
    word === "贵" ? COURTESY.test(text) : text.includes(word),
  ).map(([word, plain]) => ({ kind: "official", text: word, plain }));
  const days: Advice[] = [...text.matchAll(/\d+\s*个(?:工作日|自然日)(?:之?内)/g)]
    .filter(([found]) => !new RegExp(`${found}[^。\\n]{0,12}\\d+\\s*月\\s*\\d+\\s*日`).test(text))
    .map(([found]) => ({ kind: "days", text: found }));
  return [...long, ...official, ...days];
}

/** What in a summary may tell who wrote: telephones, identity numbers, house numbers; and words taken over whole. */
export function betrays(
  brief: string,
  original: string,
): { kind: "number" | "home" | "same"; text: string }[] {
  const numbers = [...brief.matchAll(/\d{15}[\dXx]{3}|\d{11}|\d{3,4}-\d{7,8}/g)].map(([text]) => text);
  const homes = [...brief.matchAll(/\d+\s*(?:号院|号楼|单元|栋|室|号门|门牌)/g)].map(([text]) => text);
  const same = original.trim() !== "" && brief.trim() === original.trim();
  return [
    ...(same ? [{ kind: "same" as const, text: "" }] : []),
    ...numbers.map((text) => ({ kind: "number" as const, text })),
    ...homes.map((text) => ({ kind: "home" as const, text })),
  ];
}
