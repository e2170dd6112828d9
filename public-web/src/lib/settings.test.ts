import { expect, test } from "vitest";
import { readTextSize, readVillage } from "./remembered";
import { ownVillagePath, rememberVillage, villagePath } from "./settings";

test("what the phone kept is believed only when it makes sense", () => {
  expect(readTextSize("26")).toBe(26);
  for (const odd of [null, "", "17", "x"]) expect(readTextSize(odd)).toBe(18);
  expect(readVillage("230104111204 东风村")).toEqual({ code: "230104111204", name: "东风村" });
  for (const odd of [null, "", "东风村", "2301 东风村"]) expect(readVillage(odd)).toBeNull();
});

test("the start leads to one's own village, unless another is wanted", () => {
  expect(ownVillagePath({})).toBeNull();
  rememberVillage({ code: "230104111204", name: "东风村" });
  expect(ownVillagePath({})).toBe("/v/230104111204");
  expect(ownVillagePath({ to: "accounts" })).toBe("/v/230104111204/accounts");
  expect(ownVillagePath({ find: "", to: "accounts" })).toBeNull();
  expect(villagePath("230104111204", "elsewhere")).toBe("/v/230104111204");
});
