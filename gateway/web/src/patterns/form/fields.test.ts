import { expect, test } from "vitest";
import { reactive, readonly } from "vue";
import { cleaned, copied, faultOf, faultsOf, parted, resolve, type FieldSpec } from "./fields";

const RECHECK: FieldSpec[] = [
  { name: "is_passed", as: "buttons", words: { true: "合格", false: "不合格" }, isRequired: true },
  { name: "deadline_on", isShown: (model) => model.is_passed === "false", isRequired: true },
  { name: "opinion" },
];
const fields = RECHECK.map((one) => resolve("hazard_recheck_hazard", one));

test("title, kind, limits and what is required come from the API", () => {
  expect(fields[2]).toMatchObject({ title: "复查意见", as: "long", described: { z: 500, r: 1 } });
});

test("what is missing is named in words that say what to do, what is not shown is not missed", () => {
  expect(faultsOf(fields, { is_passed: "true" })).toEqual({ opinion: "请填写复查意见" });
  expect(faultsOf(fields, { is_passed: "false", opinion: "仍有缺口" })).toEqual({ deadline_on: "请选择新整改期限" });
});

test("the server's reasons go to their fields, the rest stand alone", () => {
  expect(parted({ opinion: "太短", "photos.0": "没有找到" }, fields)).toEqual({ own: { opinion: "太短" }, others: ["没有找到"] });
});

test("what is hidden is not sent, and an emptied text is sent as nothing", () => {
  const confirm = [{ name: "opinion" }, { name: "measure" }].map((one) => resolve("hazard_confirm_hazard", one));

  expect(cleaned(fields, { is_passed: "true", deadline_on: "2026-12-01", opinion: "合格" })).toEqual({ is_passed: true, opinion: "合格" });
  expect(cleaned(confirm, { opinion: " ", measure: "" })).toEqual({ opinion: null });
});

test("one of some words is chosen from a list, several of them by boxes", () => {
  expect(resolve("enforcement_draft_inspection", { name: "source" }).as).toBe("choice");
  expect(resolve("enforcement_draft_inspection", { name: "methods" })).toMatchObject({ as: "checks", words: { site: "现场查看" } });
});

test("what a page draws itself is checked and sent as the page says", () => {
  const own = [resolve("risk_compose_risk_list", { name: "lines", as: "own", fault: (value) => ((value as string[]).length > 1 ? "" : "请至少列入两个风险点"), send: (value) => (value as string[]).map((point_id) => ({ point_id })) })];
  const aside = [resolve("risk_submit_check", { name: "item_1", as: "own", isUnsent: true, fault: () => "没有选择检查结果" })];

  expect(faultsOf(own, { lines: [] })).toEqual({ lines: "请填写清单明细" });
  expect(faultsOf(own, { lines: ["a"] })).toEqual({ lines: "请至少列入两个风险点" });
  expect(faultsOf(aside, {})).toEqual({ item_1: "没有选择检查结果" });
  expect(cleaned(own, { lines: ["a"] })).toEqual({ lines: [{ point_id: "a" }] });
  expect(cleaned(aside, { item_1: {} })).toEqual({});
});

test("what the server told can be written in once it is copied", () => {
  const told = readonly(reactive({ photos: ["a"], receivers: { regions: ["520102"] } }));

  const copy = copied(told as never);
  (copy.photos as string[]).push("b");

  expect(copy).toEqual({ photos: ["a", "b"], receivers: { regions: ["520102"] } });
  expect(told.photos).toEqual(["a"]);
});

test("a box that must be ticked is missing without its tick, and one that need not be is not", () => {
  const sealed = resolve("enterprise_request_suspension", { name: "are_dangers_sealed", isRequired: true });
  const optional = resolve("enterprise_request_suspension", { name: "are_dangers_sealed" });

  expect(faultOf(sealed, { are_dangers_sealed: false })).toBe("请选择危险源已封存确认");
  expect(faultOf(sealed, { are_dangers_sealed: true })).toBe("");
  expect(faultOf(optional, { are_dangers_sealed: false })).toBe("");
});

test("what is asked to be sure of somebody is checked and never sent; an empty choice is left out", () => {
  const sure = resolve("enterprise_delete_enterprise", { name: "last_digits", isUnsent: true, fault: (value) => (value === "1234" ? "" : "不一致") });
  const scale = resolve("enterprise_edit_registration", { name: "scale" });

  expect(faultOf(sure, { last_digits: "0000" })).toBe("不一致");
  expect(cleaned([sure, scale], { last_digits: "1234", scale: null })).toEqual({});
});
