import { defineConfig } from "@playwright/test";
import { CHROMIUM, HERE } from "./chromium.mjs";

export default defineConfig({
  testDir: ".",
  globalSetup: "./setup.mjs",
  // One server and one browser at a time: a second would only take the first one's processor.
  workers: 1,
  fullyParallel: false,
  // What fails now and then is broken.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 8_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    ...HERE,
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    launchOptions: CHROMIUM,
  },
});
