import { expect, test } from "vitest";
import { placesFor, targetsFor, treeOf, UNIT_ACTS, wayOf, type Unit } from "./units";

function unit(id: string, tier: string, path: string[], more: Partial<Unit> = {}): Unit {
  return { id, tier, name: id, parent_id: path.at(-2) ?? null, path, leader: null, phone: null, position: 0, is_active: true, merged_into_id: null, version: 1, ...more };
}

const UNITS = [
  unit("公司", "enterprise", ["公司"]), unit("生产部", "department", ["公司", "生产部"]), unit("设备部", "department", ["公司", "设备部"], { is_active: false }),
  unit("一车间", "workshop", ["公司", "生产部", "一车间"]), unit("甲班", "team", ["公司", "生产部", "一车间", "甲班"]),
];
const named = (name: string) => UNITS.find((one) => one.id === name)!;

test("units hang below their parents", () => {
  const [root] = treeOf(UNITS);

  expect(root!.children.map((one) => one.id)).toEqual(["生产部", "设备部"]);
  expect(root!.children[0]!.children[0]!.children.map((one) => one.id)).toEqual(["甲班"]);
  expect(wayOf(named("甲班"), UNITS)).toBe("公司 / 生产部 / 一车间 / 甲班");
});

test("a unit moves below one in use of a higher tier, and neither where it is nor below itself", () => {
  expect(Object.keys(placesFor(named("甲班"), UNITS))).toEqual(["公司", "生产部"]);
  expect(Object.keys(placesFor(named("一车间"), UNITS))).toEqual(["公司"]);
  expect(Object.keys(placesFor(named("生产部"), UNITS))).toEqual([]);
});

test("a unit is merged into one in use that is not below it and under which its children fit", () => {
  expect(Object.keys(targetsFor(named("甲班"), UNITS))).toEqual(["公司", "生产部", "一车间"]);
  expect(Object.keys(targetsFor(named("一车间"), UNITS))).toEqual(["公司", "生产部"]);
  expect(Object.keys(targetsFor(named("生产部"), UNITS))).toEqual(["公司"]);
});

test.each([
  ["merge_org_unit", "公司", "公司级根单元不能合并到其他单元"],
  ["merge_org_unit", "设备部", "该单元已停用"],
  ["merge_org_unit", "一车间", ""],
  ["disable_org_unit", "公司", "公司级根单元不能停用"],
  ["disable_org_unit", "一车间", "还有启用的下级单元，请先移动或停用它们"],
  ["disable_org_unit", "甲班", ""],
  ["enable_org_unit", "设备部", ""],
  ["create_org_unit", "设备部", "该单元已停用"],
])("%s of %s: %s", (act, name, why) => {
  expect(UNIT_ACTS[act]!.why(named(name), UNITS)).toBe(why);
});
