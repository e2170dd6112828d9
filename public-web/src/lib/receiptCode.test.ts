import { expect, test } from "vitest";
import { codeFault, digitsOf, inGroups, isCode, masked, spoken } from "./receiptCode";

// Given by a server for a filing of its demo.
const CODE = "71063707591639356084";

test("anything pasted is read: spaces, hyphens, full width, words around it", () => {
  expect(digitsOf(" 7106-3707 5916—3935 6084 ")).toBe(CODE);
  expect(digitsOf("回执码：７１０６３７０７５９１６３９３５６０８４。")).toBe(CODE);
});

test("it is shown in groups of four, whole or not", () => {
  expect(inGroups(CODE)).toBe("7106 3707 5916 3935 6084");
  expect(inGroups("71063")).toBe("7106 3");
  expect(inGroups("7106")).toBe("7106");
  expect(inGroups("")).toBe("");
});

test("a mask shows the two ends and no more", () => {
  expect(masked(CODE)).toBe("7106 **** **** **** 6084");
});

test("it is read aloud digit by digit", () => {
  expect(spoken("71063707")).toBe("7 1 0 6，3 7 0 7");
});

test("a whole code has its check digit; every single wrong digit and every swap of the ends is noticed", () => {
  expect(codeFault(CODE)).toBeNull();
  for (let place = 0; place < CODE.length; place += 1) {
    const wrong = (Number(CODE[place]) + 1) % 10;
    expect(codeFault(`${CODE.slice(0, place)}${wrong}${CODE.slice(place + 1)}`)).toBe("mistyped");
  }
  expect(codeFault("17063707591639356084")).toBe("mistyped");
});

test("too few and too many digits are told apart from none", () => {
  expect(codeFault("")).toBe("empty");
  expect(codeFault("回执")).toBe("empty");
  expect(codeFault(CODE.slice(1))).toBe("short");
  expect(codeFault(`${CODE}1`)).toBe("long");
});

test("what a history entry carries is believed only when it is a code", () => {
  expect(isCode(CODE)).toBe(true);
  expect(isCode(undefined)).toBe(false);
  expect(isCode({})).toBe(false);
});
