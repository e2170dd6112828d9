// Runs the fault tests one file at a time, because each wants the machine for itself, and prints the counts.
// The demos they begin with are made once, here.
//
//   node tests/faults/run.mjs [PART-OF-A-NAME...]     YDT_BIN names the program, YDT_SOAK=1 asks for the long form
import { readdirSync } from "node:fs";
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { seeds } from "./lib/house.mjs";
import { ENGINES } from "./lib/scene.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort()
  .map((name) => path.join(here, name));
if (files.length === 0) throw new Error(`no fault test is called ${wanted.join(" or ")}`);

for (const engine of ENGINES) await seeds(engine);
let [passed, failed] = [0, 0];
const tests = run({ files, concurrency: 1 });
// A file that is itself reported as a test is no test of its own, unless it broke before it had one.
const isFile = (/** @type {{ name: string }} */ { name }) => files.includes(path.resolve(name));
tests.on("test:pass", (test) => {
  if (!isFile(test) && test.nesting === 0) passed += 1;
});
tests.on("test:fail", (test) => {
  if (test.nesting === 0) failed += 1;
  process.exitCode = 1;
});
tests.compose(spec).pipe(process.stdout);
tests.on("end", () => console.log(`${passed} passed, ${failed} failed`));
