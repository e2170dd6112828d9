import { describe, expect, it } from "vitest";
import { mended, placeFaults } from "./faults";
import { ApiError } from "./problem";

const error = (...pointers: string[]) =>
  new ApiError(422, {
    type: "",
    code: "invalid_body",
    title: "",
    status: 422,
    errors: pointers.map((pointer) => ({ pointer, code: "required", detail: `at ${pointer}` })),
  });

describe("what was changed", () => {
  it("loses its own fault and no other's", () => {
    const cleared: unknown[] = [];
    const form = {
      getFieldsError: () => [
        { name: ["stages", "accept"], errors: ["x"] },
        { name: ["reason"], errors: ["x"] },
        { name: ["days"], errors: [] },
      ],
      setFields: (fields: unknown[]) => void cleared.push(...fields),
    };
    mended(form, { stages: { accept: { amount: 2 } }, days: "" });
    expect(cleared).toEqual([{ name: ["stages", "accept"], errors: [] }]);
    mended(form, { reason: undefined });
    expect(cleared).toHaveLength(2);
  });
});

describe("faults at fields", () => {
  it("go to the field whose place begins theirs, the nearest one", () => {
    const { placed, rest } = placeFaults(error("/targets/0/id", "/identity/name", "/colour"), [
      "targets",
      "identity",
      "identity/name",
    ]);
    expect(placed).toEqual([
      { name: ["targets"], errors: ["at /targets/0/id"] },
      { name: ["identity", "name"], errors: ["at /identity/name"] },
    ]);
    expect(rest.map(({ pointer }) => pointer)).toEqual(["/colour"]);
  });

  it("do not go to a field that only sounds alike", () => {
    expect(placeFaults(error("/textual"), ["text"]).placed).toEqual([]);
  });
});
