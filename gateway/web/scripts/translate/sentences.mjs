// All Chinese sentences of the web, where each stands first, and those that have no English yet: ``npm run sentences``.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { isChinese } from "./find-in-code.mjs";
import { isSpoken, sentencesOf } from "./source.mjs";

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "src");

function described() {
  const { words, schemas } = JSON.parse(readFileSync(join(SOURCES, "api/fields.json"), "utf-8"));
  const titles = Object.values(schemas).flatMap((shape) => [shape, shape.q ?? {}].flatMap((fields) => Object.values(fields).map((field) => field?.t)));
  return [...Object.values(words).flatMap((one) => Object.values(one)), ...titles].filter((one) => typeof one === "string" && isChinese(one));
}

function lineOf(code, offset) {
  return code.slice(0, offset).split("\n").length;
}

/** Each sentence with the place where it stands first. */
export function sentences() {
  const found = new Map();
  const files = readdirSync(SOURCES, { recursive: true }).map((path) => path.replaceAll("\\", "/"));
  for (const path of files.filter(isSpoken).sort()) {
    const code = readFileSync(join(SOURCES, path), "utf-8");
    for (const { key, start } of sentencesOf(code, path)) if (!found.has(key)) found.set(key, `src/${path}:${lineOf(code, start)}`);
  }
  for (const key of described()) if (!found.has(key)) found.set(key, "src/api/fields.json");
  return found;
}

export function english() {
  return JSON.parse(readFileSync(join(SOURCES, "i18n/en.json"), "utf-8"));
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const known = english();
  const waiting = [...sentences()].filter(([key]) => !(key in known)).map(([key, where]) => ({ key, where }));
  console.log(JSON.stringify(waiting, null, 1));
}
