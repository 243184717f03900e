import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The local cloud's API, for `npm run dev`: `python -m local outputs` says its address.
const api = process.env["BEELDRECHT_API"] ?? "http://localhost:4566";
const proxied = ["/v1", "/config.json", "/words.json", "/favicon.svg"];

export default defineConfig({
  plugins: [react()],
  // The subject pages beside this folder are no part of the bundle: tools/web.py adds them.
  publicDir: false,
  build: {
    outDir: "../../build/staff",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      proxied.map((path) => [path, { target: api, changeOrigin: true }]),
    ),
  },
  test: {
    environment: "happy-dom",
    include: ["**/*.test.{ts,tsx}"],
    setupFiles: ["./test-setup.ts"],
    pool: "threads",
    isolate: false,
    css: false,
  },
});
