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
  // Patience for a machine that is busy three times over; what is measured says so and prints it.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    ...HERE,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    launchOptions: CHROMIUM,
  },
});
