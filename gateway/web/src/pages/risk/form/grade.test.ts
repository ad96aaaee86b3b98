import { expect, test } from "vitest";
import { graded, lacking, type LevelRule, type Method } from "./grade";

const choices = (...values: number[]) => values.map((value) => ({ value, meaning: "" }));
const LEC = {
  code: "LEC", result: "D",
  factors: [{ name: "L", label: "", choices: choices(10, 3, 1, 0.1) }, { name: "E", label: "", choices: choices(10, 6, 1) }, { name: "C", label: "", choices: choices(15, 7, 1) }],
  bands: [
    { lowest: 320, grade: "极其危险", level: "red" }, { lowest: 160, grade: "高度危险", level: "orange" },
    { lowest: 70, grade: "显著危险", level: "yellow" }, { lowest: 0, grade: "稍有危险", level: "blue" },
  ],
} as unknown as Method;

test.each([
  [["3", "10", "15"], 450, "red"],
  [["10", "1", "7"], 70, "yellow"],
  [["0.1", "6", "7"], 4.2, "blue"],
])("the values %s give %d, which is %s", ([L, E, C], value, level) => {
  expect(graded(LEC, { L: L!, E: E!, C: C! }, null)).toMatchObject({ value, level });
});

test("nothing is computed while a value is missing or none of the table", () => {
  expect(graded(LEC, { L: "3", E: "10" }, null)).toBeNull();
  expect(graded(LEC, { L: "2", E: "10", C: "15" }, null)).toBeNull();
});

test("a rule of direct judgement makes it red and leaves the value", () => {
  expect(graded(LEC, { L: "0.1", E: "1", C: "1" }, "DM-03")).toMatchObject({ value: 0.1, level: "red" });
});

test("of each group of measures one is enough", () => {
  const rule = { needed: [["engineering", "management"], ["emergency"]] } as unknown as LevelRule;

  expect(lacking(rule, new Set(["management"]))).toEqual([["emergency"]]);
  expect(lacking(rule, new Set(["engineering", "emergency"]))).toEqual([]);
});
