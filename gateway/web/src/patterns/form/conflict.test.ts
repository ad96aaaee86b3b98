import { expect, test } from "vitest";
import { merge } from "./conflict";
import type { Resolved } from "./fields";

const FIELDS = ["place", "measure", "photos"].map((name) => ({ name, title: name, as: "text", words: {}, described: undefined }) as Resolved);
const BASE = { place: "东侧", measure: "补装护栏", photos: ["a"] };

test.each([
  ["what only the other one changed is taken", { ...BASE }, { ...BASE, place: "西侧" }, { place: "西侧" }, []],
  ["what only I changed stays mine", { ...BASE, place: "南侧" }, { ...BASE }, {}, []],
  ["what both changed alike is no difference", { ...BASE, place: "西侧" }, { ...BASE, place: "西侧" }, {}, []],
  ["what both changed otherwise is to be chosen", { ...BASE, place: "南侧" }, { ...BASE, place: "西侧", measure: "更换" }, { measure: "更换" }, ["place"]],
  ["an empty text and nothing are the same", { ...BASE, measure: "" }, { ...BASE, measure: null }, {}, []],
  ["lists are compared by what they hold", { ...BASE, photos: ["a", "b"] }, { ...BASE, photos: ["a", "c"] }, {}, ["photos"]],
])("%s", (_, mine, theirs, taken, differing) => {
  const found = merge(FIELDS, BASE, mine, theirs);

  expect(found.taken).toEqual(taken);
  expect(found.differing.map((one) => one.name)).toEqual(differing);
});
