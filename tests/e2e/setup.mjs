// Makes the demo once in a run; the server of each spec file begins with a copy.
import { DEMO, Server } from "./server.mjs";

export default async function setup() {
  // With a database of somebody's own there is one demo anyway.
  if (process.env.DATABASE_URL) return undefined;
  const server = await Server.open();
  await server.stop();
  process.env[DEMO] = server.dataDir;
  return () => server.close();
}
