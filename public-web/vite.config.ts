import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

const TARGETS = ["chrome80", "safari13"];

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    target: TARGETS,
    cssTarget: TARGETS,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  // For work on the pages: `npm run dev`, with a server that runs on the default port.
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
