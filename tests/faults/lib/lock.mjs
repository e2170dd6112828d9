// Another program that holds SQLite's write lock for exactly as long as a test wants it.
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { folder, run, until } from "./private.mjs";

/**
 * Locks the file against writers; what this resolves to lets go of it.
 * @param {string} file @returns {Promise<() => Promise<unknown>>}
 */
export async function lock(file) {
  const gate = folder("lock");
  const [held, free] = [path.join(gate, "held"), path.join(gate, "free")];
  const holding = run(["sqlite3", "-bail", "-cmd", ".timeout 20000", file], {
    input: `BEGIN IMMEDIATE;\n.shell touch ${held}; until [ -e ${free} ] || ! kill -0 $PPID; do sleep 0.05; done\nCOMMIT;\n`,
  });
  await Promise.race([until("the file is locked", () => existsSync(held)), holding]);
  return () => {
    writeFileSync(free, "");
    return holding;
  };
}
