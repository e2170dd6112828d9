import { describe, expect, it } from "vitest";
import { mainActions, ordered } from "./mainActions";

describe("the order of actions", () => {
  it("puts what the case waits for first, and forgets none", () => {
    expect(ordered(["note", "escalate", "send_back", "approve"])).toEqual([
      "approve",
      "send_back",
      "note",
      "escalate",
    ]);
    expect(mainActions(["note", "message", "request_supplement", "accept", "transfer"])).toEqual([
      "accept",
      "request_supplement",
    ]);
    expect(mainActions(["note", "assign"])).toEqual([]);
  });
});
