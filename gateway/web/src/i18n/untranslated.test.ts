import { expect, test } from "vitest";
import { ENTERPRISE, GOVERNMENT, PERSONAL } from "@/shell/menus";
import en from "./en.json";

const SOURCES = import.meta.glob<string>(["../{shell,parts,patterns,api}/**/*.{vue,ts}", "!../**/*.test.ts"], { query: "?raw", import: "default", eager: true });
const SENTENCE = /\bt\(\s*["'`]([^"'`$]*[\u4e00-\u9fff][^"'`$]*)["'`]/g;
const BOUND = /\$t\([^)"'`]*\?\s*["'`]([^"'`]+)["'`]\s*:\s*["'`]([^"'`]+)["'`]/g;

function spoken(): Set<string> {
  const found = new Set<string>();
  for (const text of Object.values(SOURCES)) {
    for (const match of text.matchAll(SENTENCE)) found.add(match[1]!);
    for (const match of text.matchAll(BOUND)) found.add(match[1]!).add(match[2]!);
  }
  for (const group of [...GOVERNMENT, ...ENTERPRISE, PERSONAL]) for (const one of [group, ...group.leaves]) found.add(one.title);
  return found;
}

test("every sentence of the frame, of the patterns and of the menus has its English, and no English stands for nothing", () => {
  const sentences = spoken();
  const untranslated = [...sentences].filter((one) => !(one in en));
  const written = Object.values(SOURCES).join("\n");
  const unused = Object.keys(en).filter((one) => !sentences.has(one) && !written.includes(one));

  expect(sentences.size).toBeGreaterThan(50);
  expect({ untranslated, unused }).toEqual({ untranslated: [], unused: [] });
});
