// Data packages against the tool that defines them: frictionless (MIT) fetches the description and the table from the
// running program, and checks types, length and digest. One that was altered on the way must not pass.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

const VERSION = "5.21.0";
const tools = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "yidiantong", "tools");
const program = path.join(tools, `frictionless-${VERSION}`, "bin", "frictionless");
/** So many packages of the village are checked. */
const MOST = 3;

/** What the tool says of a package, by its address or its file. @param {string} at @param {string} folder */
function validate(at, folder) {
  const words = ["validate", at, "--json", "--trusted"];
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: "utf8",
    timeout: 120_000,
  });
  if (status === null || !stdout.trimStart().startsWith("{"))
    throw new Error(`${program}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
}

/** @param {any} report */
const rows = (report) =>
  report.tasks?.reduce(
    (/** @type {number} */ sum, /** @type {any} */ task) => sum + (task.stats?.rows ?? 0),
    0,
  ) ?? 0;

/**
 * Checks the packages of a village.
 * @param {string} origin @param {string} village @param {string} folder
 * @returns {Promise<[number, number]>} that hold, and that do not
 */
export async function holdPackages(origin, village, folder) {
  const api = `${origin}/api/v1`;
  const list = await (await fetch(`${api}/regions/${village}/disclosures?limit=${MOST}`)).json();
  let [passed, failed] = [0, 0];
  const judge = (/** @type {boolean} */ good, /** @type {string} */ what) => {
    if (good) passed += 1;
    else {
      failed += 1;
      console.log(`not as it should be: ${what}`);
    }
  };
  for (const { id, line_count } of list.items) {
    const at = `${api}/disclosures/${id}/datapackage.json`;
    const report = validate(at, folder);
    judge(report.valid === true && rows(report) === line_count, `${at}: ${JSON.stringify(report)}`);
  }
  const [first] = list.items;
  const whole = await (await fetch(`${api}/disclosures/${first.id}/datapackage.json`)).json();
  const resource = whole.resources[0];
  resource.path = `${api}/disclosures/${first.id}/${resource.path}`;
  for (const [what, change] of /** @type {[string, (one: any) => void][]} */ ([
    ["digest", (one) => (one.hash = `sha256:${"0".repeat(64)}`)],
    ["length", (one) => (one.bytes += 1)],
    [
      "type",
      (one) => (one.schema.fields.find((/** @type {any} */ { name }) => name === "summary").type = "integer"),
    ],
  ])) {
    const altered = structuredClone(whole);
    change(altered.resources[0]);
    const file = path.join(folder, `altered-${what}.json`);
    writeFileSync(file, JSON.stringify(altered));
    judge(validate(path.basename(file), folder).valid === false, `another ${what} passes`);
  }
  console.log(`data packages: ${passed} hold, ${failed} do not`);
  return [passed, failed];
}
