import vue from "@vitejs/plugin-vue";
import { fileURLToPath, URL } from "node:url";
import { ElementPlusResolver } from "unplugin-vue-components/resolvers";
import components from "unplugin-vue-components/vite";
import { defineConfig } from "vitest/config";
import { translates } from "./scripts/translate/plugin.mjs";

// Only what a template names of Element Plus is built in; where the API runs while developing, API_URL says.
const api = { target: process.env.API_URL ?? "http://127.0.0.1:8080", changeOrigin: false };

// What only some pages need keeps a name of its own, by which scripts/weigh.mjs finds it.
const apart = [
  { name: "charts", test: /node_modules\/(echarts|zrender)\// },
  { name: "leaflet", test: /node_modules\/leaflet\// },
  { name: "boundaries", test: /node_modules\/topojson-client\/|src\/maps\// },
];

export default defineConfig({
  plugins: [translates(), vue({ template: { transformAssetUrls: { includeAbsolute: false } } }), components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: "css" })] })],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // Pages with no build step of their own keep /assets; what is built here is served under /app for ever.
  build: { assetsDir: "app", target: "es2022", chunkSizeWarningLimit: 700, manifest: "manifest.json", rolldownOptions: { output: { codeSplitting: { groups: apart } } } },
  server: { proxy: { "/api": api, "/assets": api, "/web-settings": api } },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts", "scripts/**/*.test.ts"], server: { deps: { inline: ["element-plus"] } } },
});
