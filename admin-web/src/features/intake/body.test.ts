import { describe, expect, it } from "vitest";
import { grouped, intakeBody, type Typed } from "./body";

const typed: Typed = {
  channel: "phone",
  kind: "complaint",
  region_code: "230104111204",
  category: "accounts",
  targets: { chosen: ["group village"], other: "" },
  text: " 路灯坏了半年 ",
  identity: { mode: "confidential", name: " 演示人 ", phone: "", email: "a@example.com" },
};

describe("what was taken down", () => {
  it("is sent trimmed, with what was left empty left out", () => {
    expect(intakeBody(typed)).toEqual({
      channel: "phone",
      kind: "complaint",
      region_code: "230104111204",
      category: "accounts",
      targets: [{ type: "group", group: "village" }],
      text: "路灯坏了半年",
      identity: { mode: "confidential", name: "演示人", email: "a@example.com" },
      filed_by: "agent",
      may_publish_answer: false,
    });
  });

  it("carries what it is about and the pages of the letter", () => {
    const about = { type: "disclosure_line" as const, id: "L1" };
    const attachments = [{ token: "t1", name: "第一页.jpg" }];
    const body = intakeBody({ ...typed, about: { ...about, sheet: "D1" }, attachments });
    expect([body.about, body.attachments]).toEqual([about, ["t1"]]);
  });

  it("names nobody who wants to stay unnamed", () => {
    const identity = { mode: "anonymous" as const, name: "写过的名字" };
    expect(intakeBody({ ...typed, identity }).identity).toEqual({ mode: "anonymous" });
  });

  it("shows a code as it is read out", () => {
    expect(grouped("12345678901234567890")).toBe("1234 5678 9012 3456 7890");
  });
});
