// The receipt drawn on a canvas, large enough to be read from a photo album.
import type { Language } from "../../lib/i18n";

export interface ReceiptPicture {
  language: Language;
  groups: readonly string[];
  facts: readonly (readonly [string, string])[];
  due: string;
  /** Where to enter the code. */
  place: string;
  /** The words of the stamp, a line each. */
  seal: readonly string[];
}

const WIDTH = 720;
const HEIGHT = 900;
const MARGIN = 56;
const SCALE = 2;
const INK = "#1c2624";
const GREY = "#52605c";
const PINE = "#12594e";
const RED = "#a8321f";

const WORDS = {
  zh: {
    site: "监督一点通 · 回执",
    code: "回执码",
    use: "凭这个码查办理进度，不用登录。别给别人看。",
    at: "打开",
  },
  en: {
    site: "Yidiantong · Receipt",
    code: "Receipt code",
    use: "It shows the progress, without logging in. Keep it to yourself.",
    at: "Open",
  },
};

export async function drawReceipt(picture: ReceiptPicture): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH * SCALE;
  canvas.height = HEIGHT * SCALE;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("no canvas");
  pen.scale(SCALE, SCALE);
  draw(pen, picture, getComputedStyle(document.body).fontFamily);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob === null ? fail(new Error("no picture")) : done(blob)), "image/png");
  });
}

function draw(pen: CanvasRenderingContext2D, picture: ReceiptPicture, family: string): void {
  const say = WORDS[picture.language];
  const text = (words: string, y: number, size: number, colour: string, weight = 400, x = MARGIN) => {
    pen.font = `${weight} ${size}px ${family}`;
    pen.fillStyle = colour;
    // Too long for its line, as an English sentence or a long address may be: a little smaller.
    pen.fillText(words, x, y, WIDTH - MARGIN - x);
  };
  pen.fillStyle = "#f7f4ec";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = PINE;
  pen.fillRect(0, 0, WIDTH, 108);
  text(say.site, 68, 36, "#fff", 700);
  text(say.code, 178, 30, GREY);
  // Twelve digits and eight, as on the page.
  text(picture.groups.slice(0, 3).join("  "), 250, 62, "#0b3d36", 700);
  text(picture.groups.slice(3).join("  "), 330, 62, "#0b3d36", 700);
  text(say.use, 386, 26, GREY);
  stamp(pen, picture.seal);
  line(pen, 420);
  picture.facts.forEach(([name, value], at) => {
    const y = 482 + at * 62;
    text(name, y, 30, GREY);
    text(value, y, 34, INK, 600, 230);
  });
  line(pen, 660);
  if (picture.due !== "") text(picture.due, 728, 40, RED, 700);
  text(`${say.at} ${picture.place}`, 812, 28, INK);
  pen.fillStyle = PINE;
  pen.fillRect(0, HEIGHT - 24, WIDTH, 24);
}

/** As on the page: one line of words in a wide frame, two in a square. */
function stamp(pen: CanvasRenderingContext2D, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const [width, height, size] = lines.length === 1 ? [150, 46, 24] : [84, 84, 29];
  pen.save();
  pen.translate(WIDTH - MARGIN - width / 2, 166);
  pen.rotate(-Math.PI / 22);
  pen.strokeStyle = RED;
  pen.lineWidth = 4;
  pen.strokeRect(-width / 2, -height / 2, width, height);
  pen.font = `700 ${size}px "Noto Serif CJK SC", "Songti SC", SimSun, serif`;
  pen.fillStyle = RED;
  pen.textAlign = "center";
  lines.forEach((words, at) => {
    const y = (at - (lines.length - 1) / 2) * size * 1.15 + size * 0.36;
    pen.fillText(words, 0, y, width - 12);
  });
  pen.restore();
}

function line(pen: CanvasRenderingContext2D, y: number): void {
  pen.fillStyle = "#ddd8ca";
  pen.fillRect(MARGIN, y, WIDTH - 2 * MARGIN, 2);
}
