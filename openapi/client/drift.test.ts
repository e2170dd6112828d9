// The committed types are the contract's, and the words cover its codes. Red here after a change of the API
// means: run `make openapi` and commit what it wrote.
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parts, render } from "./generate.mjs";
import * as words from "./words";

const read = (name: string) => readFile(new URL(name, import.meta.url), "utf8");

describe.each(parts)("%s", (part) => {
  it("has the types that its document makes", async () => {
    expect(await read(`${part}.ts`)).toBe(await render(part));
  });

  it("has a word for every code that people see", async () => {
    const found = closedLists(JSON.parse(await read(`../${part}.json`)));
    const unsaid = Object.entries(tables).flatMap(([sign, table]) =>
      found
        .filter((codes) => codes.includes(sign))
        .flat()
        .filter((code) => !Object.hasOwn(table, code)),
    );
    expect(unsaid).toEqual([]);
  });
});

/** The tables, each under a code that occurs in no other list of the contract. */
const tables: Record<string, object> = {
  suggestion: words.kinds,
  awaiting_supplement: words.states,
  yellow: words.lights,
  rework: words.stages,
  remind: words.steps,
  send_back: words.actions,
  basically_satisfied: words.ratings,
  not_supported: words.results,
  discipline_12388: words.declineReasons,
  letter: words.channels,
  public_answer: words.matters,
  refused: words.proposalStates,
  proposer_lost: words.voidReasons,
  clock_hour: words.limitUnits,
  zone_lead: words.recipients,
  deliver_answer: words.identityReasons,
  on_time: words.obligationStatuses,
  at_once: words.frequencies,
  our_choice: words.sources,
  benefit_payments: words.disclosureKinds,
  county_bureau: words.organisationKinds,
};

/** Every closed list of codes in a document: `enum`, and `oneOf` of constants. */
function closedLists(node: unknown): string[][] {
  if (typeof node !== "object" || node === null) return [];
  const { enum: codes, oneOf } = node as { enum?: unknown; oneOf?: unknown };
  const here: string[][] = [];
  const texts = (list: unknown[]) => list.filter((code): code is string => typeof code === "string");
  if (Array.isArray(codes)) here.push(texts(codes));
  if (Array.isArray(oneOf)) here.push(texts(oneOf.map((one: { const?: unknown } | null) => one?.const)));
  return [...here, ...Object.values(node).flatMap(closedLists)];
}
