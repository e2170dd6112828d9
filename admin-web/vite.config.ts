import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { strictPage } from "./build/strict-page.mjs";
import { theme } from "./src/app/theme.ts";

export default defineConfig({
  base: "/admin/",
  plugins: [strictPage(theme), react()],
  build: {
    target: ["chrome99", "safari16.4", "firefox101"],
    modulePreload: { polyfill: false },
    // A data: address would be one more thing the policy must allow.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1300,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
