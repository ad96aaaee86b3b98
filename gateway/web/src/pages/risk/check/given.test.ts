import { expect, test } from "vitest";
import { faultOf, sent, UNANSWERED } from "./given";

test("an item without an answer is not finished, one that passed is", () => {
  expect(faultOf(undefined)).toBe("没有选择检查结果");
  expect(faultOf({ ...UNANSWERED, answer: "passed" })).toBe("");
});

test("what failed is described; what was removed at once says how, or shows it", () => {
  expect(faultOf({ ...UNANSWERED, answer: "partly" })).toContain("哪里不合格");
  expect(faultOf({ ...UNANSWERED, answer: "failed", description: "松动", removed_on_site: true })).toContain("怎样消除");
  expect(faultOf({ ...UNANSWERED, answer: "failed", description: "松动", removed_on_site: true, photos: ["f"] })).toBe("");
});

test("a description goes along only with what failed", () => {
  expect(sent(1, { ...UNANSWERED, answer: "passed", description: "松动" })).toEqual({ item_no: 1, answer: "passed" });
  expect(sent(2, { ...UNANSWERED, answer: "failed", description: " 松动 " })).toMatchObject({ description: "松动", measure: null, removed_on_site: false });
});
