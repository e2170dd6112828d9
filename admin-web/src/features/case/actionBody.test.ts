import { describe, expect, it } from "vitest";
import { draftOf, dropDraft, keepDraft } from "../../lib/drafts";
import { actionBody, afterDay, isFormAction } from "./actionBody";

describe("an action's body", () => {
  it("holds exactly the action's own fields, trimmed", () => {
    expect(actionBody("accept", { note: "left over" })).toEqual({ action: "accept" });
    expect(actionBody("return", { reason: " 不归本单位 " })).toEqual({
      action: "return",
      reason: "不归本单位",
    });
    expect(actionBody("approve", { note: "  " })).toEqual({ action: "approve" });
    expect(actionBody("dispatch", { organisation_id: "u", brief: "b", note: undefined })).toEqual({
      action: "dispatch",
      organisation_id: "u",
      brief: "b",
    });
  });

  it("sends what must be there even when empty, for the server to name the place", () => {
    expect(actionBody("note", {})).toEqual({ action: "note", text: "" });
  });

  it("means a whole day by a due day, by China's clocks", () => {
    expect(afterDay("2026-11-27")).toBe("2026-11-28T00:00:00+08:00");
    expect(afterDay("2026-12-31")).toBe("2027-01-01T00:00:00+08:00");
    expect(actionBody("supervise", { note: "快办", due_at: "2026-11-30" })).toMatchObject({
      due_at: "2026-12-01T00:00:00+08:00",
    });
  });

  it("knows its actions", () => {
    expect(isFormAction("accept")).toBe(true);
    expect(isFormAction("toString")).toBe(false);
    expect(isFormAction(null)).toBe(false);
  });
});

describe("what was typed", () => {
  it("stays with its person, case and action until it is submitted", () => {
    keepDraft("me", "1", "note", { text: "写了一半" });
    expect(draftOf("me", "1", "note")).toEqual({ text: "写了一半" });
    expect(draftOf("other", "1", "note")).toBeUndefined();
    dropDraft("me", "1", "note");
    expect(draftOf("me", "1", "note")).toBeUndefined();
  });
});
