import { expect, test } from "vitest";
import { isChinese } from "./find-in-code.mjs";
import { english, sentences } from "./sentences.mjs";

const en: Record<string, string> = english();
const spoken = [...sentences().keys()];
const places = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort().join();

test("every sentence of every page, and every title and word of the API, has its English, and no English stands for nothing", () => {
  const untranslated = spoken.filter((one) => !(one in en));
  const known = new Set(spoken);
  const unused = Object.keys(en).filter((one) => !known.has(one));

  expect(spoken.length).toBeGreaterThan(2000);
  expect({ untranslated, unused }).toEqual({ untranslated: [], unused: [] });
});

test("English puts in the same values, and holds nothing Chinese", () => {
  const wrong = Object.entries(en).filter(([chinese, told]) => places(chinese) !== places(told) || isChinese(told));

  expect(wrong).toEqual([]);
});
