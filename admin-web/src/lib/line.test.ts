import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { currentLine, doubt, heard, onLine, watchLine } from "./line";

let answers = true;
let asked = 0;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", Object.assign(new EventTarget(), { hidden: false }));
  answers = true;
  asked = 0;
  heard();
  stop = watchLine(async () => {
    asked += 1;
    return answers;
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("one failure is a doubt, and a question of its own settles it", async () => {
  doubt();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(1);
  expect(currentLine()).toEqual({ cut: false });

  answers = false;
  await vi.advanceTimersByTimeAsync(5_000);
  heard();
  await vi.advanceTimersByTimeAsync(3_000);
  doubt();
  await vi.advanceTimersByTimeAsync(0);
  // What is shown is as old as the last answer, not as the failure.
  expect(currentLine()).toEqual({ cut: true, since: 1_005_000 });
});

test("while it is cut it is asked again, more and more seldom, and the return is told", async () => {
  const told: boolean[] = [];
  const off = onLine(() => told.push(currentLine().cut));
  answers = false;
  doubt();
  await vi.advanceTimersByTimeAsync(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBeGreaterThan(5);
  expect(asked).toBeLessThan(16);
  answers = true;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(currentLine()).toEqual({ cut: false });
  expect(told).toEqual([true, false]);
  const whole = asked;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked).toBe(whole);
  off();
});

test("a page that is looked at and hears nothing asks by itself; one that is not looked at does not", async () => {
  answers = false;
  await vi.advanceTimersByTimeAsync(44_000);
  expect(asked).toBe(0);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(currentLine()).toEqual({ cut: true, since: 1_000_000 });
  heard();
  Object.assign(document, { hidden: true });
  const before = asked;
  await vi.advanceTimersByTimeAsync(300_000);
  expect(asked).toBe(before);
});

test("the browser's own word is a hint that is looked into at once", async () => {
  answers = false;
  window.dispatchEvent(new Event("offline"));
  await vi.advanceTimersByTimeAsync(0);
  expect(currentLine().cut).toBe(true);
  answers = true;
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(currentLine().cut).toBe(false);
});
