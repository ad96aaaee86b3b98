import { expect, test } from "vitest";
import { OPERATIONS } from "@/api/client";
import { GOVERNMENT, isOpen, leaves, menusFor, type Leaf } from "./menus";

const declared = new Set(Object.values(OPERATIONS).map((one) => one.x));
const A_PAGE: Leaf = { title: "首页", path: "/", page: "home/home", features: "STA-24", permissions: ["hazard.read", "risk.points.read"] };

test("every row asks for rights that the API knows, and has an address of its own", () => {
  for (const { leaf } of leaves()) {
    for (const permission of leaf.permissions ?? []) expect(declared, leaf.title).toContain(permission);
  }
  const paths = GOVERNMENT.flatMap((group) => group.leaves).map((leaf) => leaf.path);
  expect(new Set(paths).size).toBe(paths.length);
});

test("whoever holds no right sees what needs none, and no empty group", () => {
  const shown = menusFor("government", () => false);

  expect(shown.map((group) => group.title)).toEqual(["工作台", "资源中心"]);
  expect(shown[0]!.leaves.every((leaf) => !leaf.permissions?.length)).toBe(true);
});

test("a leaf is open with one of its rights, when its page is there", () => {
  expect(isOpen(A_PAGE, (permission) => permission === "risk.points.read")).toBe(true);
  expect(isOpen(A_PAGE, () => false)).toBe(false);
  expect(isOpen({ ...A_PAGE, page: "home/none" }, () => true)).toBe(false);
});
