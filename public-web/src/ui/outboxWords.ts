// The words about what was submitted and where it is now. "Handed in" is said only once the server has said so.
import type { ProblemKind } from "../lib/problem";

const zh = {
  region: "点过提交的",
  notYet: "还没有交上去",
  sending: "正在交，请等一下…",
  refused: "没有收下，还没有交上去",
  handedIn: (number: string) => `已交上去，编号 ${number}`,
  handedInHint: "回执码只给您看一次，请现在看，抄下来。",
  seeCode: "看回执码",
  pressed: (when: string) => `${when}点的提交`,
  here: "存在这部手机里，还没交到镇里。有网的时候打开这里，就会自动交，不会交成两份。",
  photo: (n: number, all: number) => `正在传照片（第 ${n} 张，共 ${all} 张）`,
  why: {
    offline: "现在没有网络。",
    unreachable: "连不上服务器。",
    timeout: "等了很久没有回音，先当没交上。",
    busy: "现在用的人多。",
    server: "我们这边出了错，先当没交上。",
    refused: "",
    not_found: "",
  } satisfies Record<ProblemKind, string> as Record<ProblemKind, string>,
  sendNow: "现在交",
  wait: "正在交…",
  change: "拿回来改",
  another: "您正在写另一件。先把那件交了，或者删掉，再来改这件。",
  drop: "删掉",
  dropAsk: "删掉这一份？还没有交上去，删了就找不回来了。",
  dropUnsure: "试着交过，也可能已经到了，只是回执没回来。删了就拿不到回执码，查不了进度。",
  dropYes: "删掉",
  dropNo: "不删",
  noWords: "（没有写字）",
};

const en: typeof zh = {
  region: "Submitted on this phone",
  notYet: "Not handed in yet",
  sending: "Handing it in, please wait…",
  refused: "Not taken, so not handed in yet",
  handedIn: (number) => `Handed in, number ${number}`,
  handedInHint: "The receipt code is shown only once. Please look now and write it down.",
  seeCode: "Show the receipt code",
  pressed: (when) => `Submitted ${when}`,
  here: "It is kept on this phone and has not reached the township. Open this with a network, and it goes by itself; it will not be sent twice.",
  photo: (n, all) => `Sending photo ${n} of ${all}`,
  why: {
    offline: "You are offline.",
    unreachable: "The server cannot be reached.",
    timeout: "There was no answer for a long time; take it as not handed in.",
    busy: "Many people are using this now.",
    server: "The fault is ours; take it as not handed in.",
    refused: "",
    not_found: "",
  },
  sendNow: "Hand it in now",
  wait: "Handing in…",
  change: "Take it back and change it",
  another: "You are writing another one. Submit or delete that one first.",
  drop: "Delete",
  dropAsk: "Delete it? It is not handed in, and cannot be brought back.",
  dropUnsure:
    "It was tried and may have arrived after all, with only the receipt lost. Deleted here, there is no receipt code and no way to follow it.",
  dropYes: "Delete",
  dropNo: "Leave it",
  noWords: "(no words)",
};

export const words = { zh, en };
