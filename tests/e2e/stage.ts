// What every test stands on: a server of the spec file's own, and people with a watched browser each.
import { type Browser, test as base, expect } from "@playwright/test";
import { People } from "./people";
import { Server } from "./server.mjs";

interface House {
  open(file: string, start: string | undefined): Promise<Server>;
}

export const test = base.extend<
  { start: string | undefined; server: Server; people: People },
  { house: House }
>({
  // Case time at which the file's server begins; as everywhere where a file does not say.
  start: [undefined, { option: true }],
  // A server lives as long as its spec file: files cannot trip over each other's cases.
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
    async ({}, use) => {
      let present: { file: string; server: Server } | undefined;
      await use({
        async open(file, start) {
          if (present?.file !== file) {
            await present?.server.close();
            present = undefined;
            present = { file, server: await Server.open({ start }) };
          }
          return present.server;
        },
      });
      await present?.server.close();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  server: [
    async ({ house, start }, use, info) => use(await house.open(info.file, start)),
    { timeout: 90_000 },
  ],
  people: async ({ browser, server }: { browser: Browser; server: Server }, use) => {
    const people = new People(browser, server);
    await use(people);
    const faults = people.faults;
    await people.goHome();
    expect(faults, "what the watch over the pages saw").toEqual([]);
  },
});

export { expect };
