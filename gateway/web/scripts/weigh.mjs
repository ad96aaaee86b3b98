// What people load before they can sign in, weighed as it travels; and that charts and maps stay out of everybody's way.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const BUDGET = 250 * 1024;
const APART = ["charts", "leaflet", "boundaries"]; // What only some pages need, by the names that vite.config.ts gives.
const manifest = JSON.parse(readFileSync(join(DIST, "manifest.json"), "utf-8"));

function needed(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const one of manifest[name].imports ?? []) needed(one, found);
  return found;
}

function weight(names) {
  return [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(DIST, manifest[name].file))).length, 0);
}

const signIn = new Set(["index.html", "src/application.ts", "src/shell/sign-in.vue"].flatMap((name) => [...needed(name)]));
const shell = new Set([...signIn, ...needed("src/shell/shell.vue")]);
const pages = Object.keys(manifest).filter((name) => name.startsWith("src/pages/") && name.endsWith(".vue"));
const notLazy = pages.filter((name) => !manifest[name].isDynamicEntry || shell.has(name));
const named = (name) => Object.keys(manifest).filter((key) => manifest[key].name === name && manifest[key].file.endsWith(".js"));
const missing = APART.filter((name) => named(name).length !== 1).map((name) => `no ${name} by its name`);
const early = APART.flatMap(named).filter((name) => shell.has(name));
const kilobytes = (bytes) => `${Math.round(bytes / 1024)} KB`;

console.log(`sign-in ${kilobytes(weight(signIn))} of ${kilobytes(BUDGET)}, with the frame ${kilobytes(weight(shell))}, ${pages.length} pages;`,
  ...APART.map((name) => `${name} ${kilobytes(weight(named(name)))}`));
if (weight(signIn) > BUDGET || notLazy.length || missing.length || early.length) {
  console.error(`over the budget, or loaded before anybody asked: ${[...notLazy, ...missing, ...early].join(", ") || "the sign-in page"}`);
  process.exit(1);
}
