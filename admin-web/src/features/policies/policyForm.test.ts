import { describe, expect, it } from "vitest";
import { type Policy, policyDifferences, policyLines } from "../../lib/policy";
import { ApiError } from "../../lib/problem";
import { asPolicy, bodyOf, inForm, typedOf } from "./policyForm";

const day = (amount: number) => ({ amount, unit: "working_day", roll: "next_working_day" }) as const;
const policy: Policy = {
  version: 1,
  stages: {
    accept: day(1),
    dispatch: day(2),
    handle: day(15),
    review: day(2),
    rework: day(7),
    rate: day(15),
  },
  per_kind: { question: { handle: day(3) } },
  warnings: { yellow_last: "1/3", yellow_days_at_most: 3, blue_after: "1/2" },
  pause: ["accept", "handle"],
  extension: { at_most: 2, within_days: 90 },
  supplement: { limit: day(5), at_most: 2 },
  return_days: 5,
  returns_at_most: 2,
  posting_days: 15,
  dispute_days: 30,
  retention_days: 1095,
  ladder: [
    { step: "remind", to: ["unit"] },
    { step: "county", after_working_days: 3, to: ["county"] },
  ],
};

describe("a policy in a form", () => {
  it("comes back as it was", () => {
    const back = asPolicy(bodyOf(typedOf(policy)), policy);
    expect(policyDifferences(policy, back, "zh")).toEqual([]);
    expect(bodyOf(typedOf(policy)).ladder).toEqual(policy.ladder);
  });

  it("leaves out limits that were emptied and steps that are not taken", () => {
    const typed = typedOf(policy);
    typed.per_kind = { question: { handle: undefined } };
    typed.ladder.remind.on = false;
    const body = bodyOf(typed);
    expect(body.per_kind).toEqual({});
    expect(body.ladder.map(({ step }) => step)).toEqual(["county"]);
  });

  it("says what changes, in words", () => {
    const typed = typedOf(policy);
    typed.stages.handle = day(10);
    const changes = policyDifferences(policy, asPolicy(bodyOf(typed), policy), "zh");
    expect(changes).toEqual([
      { key: "/stages/handle", label: "办理时限", before: "15 个工作日", after: "10 个工作日" },
    ]);
    expect(policyLines(policy, "en").at(-1)?.value).toBe(
      "3 working days after the due date: the county's organ",
    );
  });

  it("finds a fault's rung by its step", () => {
    const errors = [{ pointer: "/ladder/1/to/0", code: "required", detail: "x" }];
    const error = new ApiError(422, { type: "", code: "invalid_body", title: "", status: 422, errors });
    expect(inForm(error, typedOf(policy)).faults[0]?.pointer).toBe("/ladder/county/to/0");
  });
});
