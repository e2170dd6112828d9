// Runs the fault tests and prints the counts: most of them three at a time, those that take longest first, and then, one
// file at a time, those that want the machine for themselves. The demos they begin with are made once, here.
//
//   node tests/faults/run.mjs [PART-OF-A-NAME...]     YDT_BIN names the program, YDT_SOAK=1 asks for the long form
import { readdirSync } from "node:fs";
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { seeds } from "./lib/house.mjs";
import { SOAK } from "./lib/private.mjs";
import { ENGINES } from "./lib/scene.mjs";

/** Files that keep the machine busy or measure it closely. The others wait more than they work, so three at a time. */
const ALONE = ["f10", "f11"];
/** Files that take a minute or two. Begun last, one of them would go on alone. */
const LONG = ["f02", "f20", "f06", "f07", "f13"];

/** @param {string} name @returns {number} */
function place(name) {
  const at = LONG.findIndex((long) => name.startsWith(long));
  return at === -1 ? LONG.length : at;
}

const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort((one, other) => place(one) - place(other) || one.localeCompare(other))
  .map((name) => path.join(here, name));
if (files.length === 0) throw new Error(`no fault test is called ${wanted.join(" or ")}`);

await Promise.all(ENGINES.map(seeds));
let [passed, failed] = [0, 0];
// A file that is itself reported as a test is no test of its own, unless it broke before it had one.
const isFile = (/** @type {{ name: string }} */ { name }) => files.includes(path.resolve(name));

/** @param {string[]} some @param {number} concurrency @returns {Promise<void>} */
function wave(some, concurrency) {
  if (some.length === 0) return Promise.resolve();
  const tests = run({ files: some, concurrency });
  tests.on("test:pass", (test) => {
    if (!isFile(test) && test.nesting === 0) passed += 1;
  });
  tests.on("test:fail", (test) => {
    if (test.nesting === 0) failed += 1;
    process.exitCode = 1;
  });
  tests.compose(spec).pipe(process.stdout, { end: false });
  return new Promise((resolve) => tests.on("end", resolve));
}

const alone = (/** @type {string} */ file) => ALONE.some((name) => path.basename(file).startsWith(name));
// In the long form each has its hours, and what it measures is compared with other days.
await wave(
  files.filter((file) => !alone(file)),
  SOAK ? 1 : 3,
);
await wave(files.filter(alone), 1);
console.log(`${passed} passed, ${failed} failed`);
