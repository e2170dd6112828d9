// What the fault tests have in common: a house for each engine, closed however the test ends, and numbers that a
// reader of the run sees.
import { readFileSync } from "node:fs";
import path from "node:path";
import { House } from "./house.mjs";
import { goingOn, SOAK } from "./private.mjs";

/** @type {import("./house.mjs").Engine[]} */
export const ENGINES = ["sqlite", "postgres"];

/** The long form's number, or the short one's. @template T @param {T} short @param {T} long */
export const rounds = (short, long) => (SOAK ? long : short);

/** @param {number} low @param {number} high */
export const between = (low, high) => low + Math.random() * (high - low);

/** The n-th of a hundred, sorted. @param {number[]} times @param {number} percent */
export function percentile(times, percent) {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0);
}

/**
 * Opens a house, lets the test work in it, and closes it. A failure tells what the processes said last.
 * @param {NonNullable<Parameters<typeof House.open>[0]>} options
 * @param {(house: House) => Promise<void>} work
 */
export async function inHouse(options, work) {
  const house = await House.open(options);
  try {
    await work(house);
  } catch (error) {
    for (const log of house.logFiles()) {
      const last = readFileSync(log, "utf8").trimEnd().split("\n").slice(-12);
      console.log(`--- ${path.basename(log)}\n${last.join("\n")}`);
    }
    throw error;
  } finally {
    for (const end of goingOn) end();
    goingOn.clear();
    await house.close();
  }
}
