import { expect, test } from "vitest";
import { boxOf, countiesOf, partsOf, prefectures, short } from "./boundaries";

test("the province is drawn of nine prefectures, and their counties are all 88", () => {
  const drawn = prefectures().features;
  const counties = drawn.flatMap(({ properties }) => countiesOf(properties.code).features);

  expect(drawn.length).toBe(9);
  expect(new Set(counties.map(({ properties }) => properties.code)).size).toBe(88);
});

test("a prefecture fills the same box as its counties together", () => {
  for (const one of prefectures().features) {
    expect(boxOf({ type: "FeatureCollection", features: [one] })).toEqual(boxOf(countiesOf(one.properties.code)));
  }
});

test.each([["520000", 9], ["520500", 8], ["520900", 0], ["520304", 1], ["520304100", 1]])("a map of %s has %i parts", (code, parts) => {
  expect(partsOf(code).features.length).toBe(parts);
});

test.each([["黔东南苗族侗族自治州", "黔东南"], ["毕节市", "毕节"], ["播州区", "播州区"], ["威宁彝族回族苗族自治县", "威宁"]])("%s is %s on a map", (name, label) => {
  expect(short(name)).toBe(label);
});
