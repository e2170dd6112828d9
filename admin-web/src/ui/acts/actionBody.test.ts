import { describe, expect, it } from "vitest";
import { draftOf, dropDraft, keepDraft } from "../../lib/drafts";
import { actionBody, afterDay, fieldsOf, isFormAction, TWO_PERSONS } from "./actionBody";

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

  it("names what takes two persons in the API's own words", () => {
    expect(actionBody("decline", { reason_code: "court", redirect: " ", note: "请以判决为准" })).toEqual({
      action: "decline",
      reason_code: "court",
      note: "请以判决为准",
    });
    expect(actionBody("merge", { into_id: "c", reason: "同一件事" })).toEqual({
      action: "merge",
      into_id: "c",
      reason: "同一件事",
    });
    expect(actionBody("extend", { working_days: 5, reason: "等天晴" })).toEqual({
      action: "extend",
      working_days: 5,
      reason: "等天晴",
    });
    expect(actionBody("approve", { public_answer: " 已更换灯头 " })).toEqual({
      action: "approve",
      public_answer: "已更换灯头",
    });
  });

  it("asks for words for everybody only where the complainant allowed them", () => {
    const view = { attachments: [] };
    expect(fieldsOf("approve", { ...view, may_publish_answer: true })).toContain("public_answer?");
    expect(fieldsOf("approve", { ...view, may_publish_answer: false })).toEqual(["note?"]);
    expect(TWO_PERSONS.has("extend")).toBe(true);
  });

  it("shares photos only where there are any, and those that were ticked", () => {
    const photo = { n: 1, media_type: "image/jpeg" as const, width: 4, height: 3, bytes: 9, message: null };
    const view = { may_publish_answer: false };
    expect(fieldsOf("dispatch", { ...view, attachments: [photo] })).toContain("share_attachments?");
    expect(fieldsOf("dispatch", { ...view, attachments: [] })).not.toContain("share_attachments?");
    const typed = { organisation_id: "u", brief: "b" };
    expect(actionBody("dispatch", { ...typed, share_attachments: [2, 1] })).toMatchObject({
      share_attachments: [2, 1],
    });
    expect(actionBody("dispatch", { ...typed, share_attachments: [] })).not.toHaveProperty(
      "share_attachments",
    );
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
