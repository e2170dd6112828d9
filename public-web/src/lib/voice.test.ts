import { expect, test } from "vitest";
import { sentences, voiceFor } from "./voice";

const voice = (lang: string, localService = true) => ({ lang, localService }) as SpeechSynthesisVoice;

test("a voice of this phone speaks, never one on somebody's server", () => {
  expect(voiceFor([], "zh")).toBeUndefined();
  expect(voiceFor([voice("zh-CN", false), voice("en-US")], "zh")).toBeUndefined();
  const mandarin = voice("zh_CN");
  expect(voiceFor([voice("zh-HK"), mandarin], "zh")).toBe(mandarin);
  const other = voice("zh-HK");
  expect(voiceFor([other], "zh")).toBe(other);
  expect(voiceFor([mandarin, voice("en-GB")], "en")?.lang).toBe("en-GB");
});

test("long texts are read in pieces, and nothing of them is lost", () => {
  expect(sentences("先交申请。再开会！\n最后公示")).toEqual(["先交申请。", "再开会！", "最后公示"]);
  const long = "村里修路，".repeat(60);
  const parts = sentences(long);
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(120);
  expect(parts.join("")).toBe(long);
  expect(sentences("   ")).toEqual([]);
});
