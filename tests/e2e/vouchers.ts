// A voucher on its way to the villagers: uploaded, blackened by mouse, finger and keys, and what is left of it.
import { expect, type Locator, type Page } from "@playwright/test";

/** Of the picture that these tests send. */
const WIDE = 600;
const HIGH = 400;

/** A slip with a name on the left and a number on the right, on light paper. */
async function slip(page: Page): Promise<Buffer> {
  const url = await page.evaluate(
    ([wide, high]) => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [wide, high];
      const draw = canvas.getContext("2d");
      if (draw === null) throw new Error("no canvas");
      draw.fillStyle = "#f4efe0";
      draw.fillRect(0, 0, wide, high);
      draw.fillStyle = "#203060";
      draw.font = "32px sans-serif";
      draw.fillText("收款人 演示甲", 40, 100);
      draw.fillText("卡号 0000 1111", 320, 100);
      draw.fillText("电费 225.68 元", 40, 300);
      return canvas.toDataURL("image/jpeg", 0.9);
    },
    [WIDE, HIGH] as const,
  );
  return Buffer.from(url.split(",")[1] ?? "", "base64");
}

/** Adds a slip to a line, on the page of a draft's vouchers. */
export async function addsASlip(page: Page, line: string): Promise<void> {
  const file = { name: "凭证.jpg", mimeType: "image/jpeg", buffer: await slip(page) };
  await page.getByLabel(`给“${line}”传凭证图片`).setInputFiles(file);
  await expect(row(page, line)).toContainText("还没有遮盖");
}

const row = (page: Page, line: string): Locator =>
  page
    .getByRole("listitem")
    .filter({ hasText: line })
    .filter({ has: page.locator("strong") });

export async function opensTheSlip(page: Page, line: string): Promise<void> {
  await page.getByRole("link", { name: `“${line}”的图片 1` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(line);
}

/** Draws a box from one place of the picture to another, in its own pixels. */
export async function drawsABox(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  const at = await onScreen(page);
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}

/** The same with a finger: the browser itself is told, as the glass of a phone would. */
export async function drawsWithAFinger(
  page: Page,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const at = await onScreen(page);
  const glass = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove", place: readonly [number, number]) => {
    const [x, y] = at(place);
    return glass.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x, y }] });
  };
  await touch("touchStart", from);
  await touch("touchMove", [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
  await touch("touchMove", to);
  await glass.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await glass.detach();
}

/** Where a pixel of the picture is on the screen. */
async function onScreen(page: Page): Promise<(place: readonly [number, number]) => [number, number]> {
  const picture = page.getByRole("img", { name: "凭证原图" });
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  if (box === null) throw new Error("no picture");
  return ([x, y]) => [box.x + (x / WIDE) * box.width, box.y + (y / HIGH) * box.height];
}

/** How bright a picture is at some of its pixels, from 0 (black) to 255. */
export function brightness(picture: Locator, places: readonly (readonly [number, number])[]) {
  return picture.evaluate(
    async (image, at) => {
      if (!(image instanceof HTMLImageElement)) throw new Error("no picture");
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const draw = canvas.getContext("2d");
      if (draw === null) throw new Error("no canvas");
      draw.drawImage(image, 0, 0);
      return at.map(([x = 0, y = 0]) => {
        const [red = 0, green = 0, blue = 0] = draw.getImageData(x, y, 1, 1).data;
        return Math.round((red + green + blue) / 3);
      });
    },
    places.map((place) => [...place]),
  );
}
