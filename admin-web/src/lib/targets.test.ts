import { describe, expect, it } from "vitest";
import { NOBODY, targetsBody, targetsOf } from "./targets";

describe("whom a case is about", () => {
  it("is sent as units, posts, groups and words", () => {
    expect(
      targetsBody({ chosen: ["organisation committee-1", "post post-2", "group township"], other: " 会计 " }),
    ).toEqual([
      { type: "organisation", id: "committee-1" },
      { type: "post", id: "post-2" },
      { type: "group", group: "township" },
      { type: "other", text: "会计" },
    ]);
    expect(targetsBody(NOBODY)).toEqual([]);
    expect(targetsBody({ chosen: ["group mars", "staff 1"], other: " " })).toEqual([]);
  });

  it("comes back into the form as it was", () => {
    const targets = { chosen: ["organisation a", "group village"], other: "老王" };
    expect(targetsOf(targetsBody(targets))).toEqual(targets);
  });
});
