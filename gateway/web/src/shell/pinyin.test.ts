import { expect, test } from "vitest";
import { isMeant } from "./pinyin";
import { leaves } from "./menus";

test.each([
  ["重大隐患监管", "zdyh"], ["重大隐患监管", "监管"], ["企业审核", "qysh"], ["风险管控清单", "gkqd"], ["GIS展示", "giszs"], ["行业报表", "hybb"],
  ["行业报表", "xybb"], ["隐患治理台账", "YHZLTZ"], ["操作日志", "czrz"], ["月度报表", "ydbb"], ["地区报表", "dqbb"], ["我的任务", "wdrw"],
])("%s is found by %s", (title, typed) => {
  expect(isMeant(title, typed)).toBe(true);
});

test.each([["企业审核", "yqsh"], ["企业审核", "qyshh"], ["企业审核", "审核员"]])("%s is not found by %s", (title, typed) => {
  expect(isMeant(title, typed)).toBe(false);
});

test("every title of the menus is found by as many letters as it has characters", () => {
  for (const { leaf } of leaves()) expect([...leaf.title].every((one) => "abcdefghijklmnopqrstuvwxyz".split("").some((letter) => isMeant(one, letter))), leaf.title).toBe(true);
});
