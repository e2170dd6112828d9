import { expect, test } from "vitest";
import { type FilingRequest, withBody } from "./hand";

const body = (text: string, attachments?: string[]): FilingRequest =>
  ({ text, ...(attachments === undefined ? {} : { attachments }) }) as FilingRequest;

test("what may have arrived is remembered, the last first, each once, whatever photos it had", () => {
  const first = withBody(body("one"), []);
  const second = withBody(body("two"), first);
  expect(second.map(({ text }) => text)).toEqual(["two", "one"]);
  expect(withBody(body("one", ["token"]), second)).toEqual([body("one"), body("two")]);
});

test("no more than five are remembered", () => {
  let sent: FilingRequest[] = [];
  for (const text of "abcdefg") sent = withBody(body(text), sent);
  expect(sent.map(({ text }) => text).join("")).toBe("gfedc");
});
