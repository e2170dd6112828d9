import { describe, expect, it } from "vitest";
import type { TimerView } from "../lib/cases";
import { nextTimer, share, timeLeft } from "./timeLeft";

const at = (text: string) => Date.parse(`2026-11-${text}:00+08:00`);
const timer = (given: Partial<TimerView>): TimerView => ({
  stage: "handle",
  round: 1,
  started_at: "2026-11-20T09:00:00+08:00",
  due_at: "2026-11-28T00:00:00+08:00",
  due_date: "2026-11-27",
  provisional: false,
  paused: false,
  stopped_at: null,
  breached: false,
  ...given,
});
const said = (timers: TimerView[], now: number, days: number | null = null) =>
  timeLeft({ timers, next_working_days_left: days }, now, "zh", 2026);

describe("what is left of the time", () => {
  it("counts the promise in the server's working days", () => {
    expect(said([timer({})], at("24T10:00"), 3).text).toBe("剩 3 个工作日");
    expect(said([timer({})], at("27T10:00"), 0).text).toBe("今天到期");
    expect(said([timer({})], at("28T00:00"), -1)).toMatchObject({ text: "超时 1 个工作日", late: true });
    expect(
      timeLeft({ timers: [timer({})], next_working_days_left: 1 }, at("26T10:00"), "en", 2026),
    ).toMatchObject({
      text: "1 working day left",
      detail: "Handle · by 27 November",
    });
  });

  it("counts our own stages in working days as well: a night and a weekend are nobody's time", () => {
    const dispatch = timer({ stage: "dispatch", due_at: "2026-11-24T16:00:00Z" });
    expect(said([dispatch], at("23T08:12"), 1).text).toBe("分办 · 剩 1 工作日");
  });

  it("counts what has a limit in hours by the clock, and minutes only when they matter", () => {
    const accept = timer({ stage: "accept", due_at: "2026-11-24T00:00:00+08:00", due_date: "2026-11-23" });
    expect(said([timer({}), accept], at("23T08:10")).text).toBe("受理 · 剩 15 小时");
    expect(said([timer({}), accept], at("23T21:50")).text).toBe("受理 · 剩 2 小时 10 分");
    expect(said([timer({}), accept], at("23T23:48")).text).toBe("受理 · 剩 12 分");
    expect(said([timer({}), accept], at("24T03:30")).text).toBe("受理 · 超时 3 小时");
    expect(said([timer({}), accept], at("26T03:30"))).toMatchObject({
      text: "受理 · 超时 2 天",
      detail: "受理 · 应在 11月23日 前",
    });
  });

  it("leaves out what stands still, is done, or waits for a rating", () => {
    const done = timer({ stage: "accept", stopped_at: "2026-11-20T10:00:00+08:00" });
    const rate = timer({ stage: "rate" });
    expect(nextTimer([done, rate])).toBeNull();
    expect(said([done, rate], at("24T10:00"))).toMatchObject({ text: "不计时", gone: null });
    expect(said([timer({ paused: true })], at("24T10:00")).text).toBe("暂停计时");
  });

  it("knows how much is gone", () => {
    expect(share(timer({}), at("20T09:00"))).toBe(0);
    expect(share(timer({}), at("29T09:00"))).toBe(1);
    expect(share(timer({ due_at: "2026-11-22T09:00:00+08:00" }), at("21T09:00"))).toBe(0.5);
  });
});
