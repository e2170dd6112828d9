import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { QueueItem } from "../../lib/cases";
import { ApiError } from "../../lib/problem";
import { setSession } from "../../lib/session";

const sent: string[] = [];
vi.mock("../../ui/acts/useAct", () => ({
  sendAction: async (id: string) => {
    sent.push(id);
    return id === "stale" ? { error: new ApiError(412, null) } : { error: null, waits: "" };
  },
}));

const { callBack, currentHeld, hold, seenHeld, sendHeld } = await import("./bulk");

const wish = (...ids: string[]) => ({
  action: "assign" as const,
  items: ids.map((id) => ({ id, version: 1 }) as QueueItem),
  typed: { staff_id: "s" },
});
const staff = (id: string) => ({ status: "in", staff: { id } }) as Parameters<typeof setSession>[0];

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = 0;
  setSession(staff("me"));
});

afterEach(() => {
  callBack();
  seenHeld();
  vi.useRealTimers();
});

test("it waits ten seconds, then goes out, and says what became of each", async () => {
  hold(wish("a", "stale"));
  await vi.advanceTimersByTimeAsync(9_000);
  expect(sent).toEqual([]);
  expect(currentHeld()).toMatchObject({ phase: "waiting", left: 1 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual(["a", "stale"]);
  const now = currentHeld();
  expect(now.phase === "done" && now.results.map(({ error }) => error?.status ?? null)).toEqual([null, 412]);
  seenHeld();
  expect(currentHeld().phase).toBe("none");
});

test("called back, nothing happens", async () => {
  hold(wish("a"));
  await vi.advanceTimersByTimeAsync(5_000);
  callBack();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([]);
  expect(currentHeld().phase).toBe("none");
});

test("it can go out at once, and what waited before another goes out first", async () => {
  hold(wish("a"));
  sendHeld();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual(["a"]);
  hold(wish("b"));
  hold(wish("c"));
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual(["a", "b"]);
});

test("whoever has logged out, or is another now, sends nothing", async () => {
  hold(wish("a"));
  setSession({ status: "out" });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sent).toEqual([]);
  setSession(staff("me"));
  hold(wish("b"));
  setSession(staff("somebody else"));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sent).toEqual([]);
});
