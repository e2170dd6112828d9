import { defineConfig } from "vitest/config";

// What is tested here is plain logic; the pages are tested in a browser, against the real server.
export default defineConfig({ test: { environment: "node", include: ["src/**/*.test.ts"] } });
