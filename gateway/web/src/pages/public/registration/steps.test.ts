import { expect, test } from "vitest";
import { fieldsOfSteps, holdsQualifications, missingIn, stepOf, stepsFor } from "./steps";

const REQUIRED = new Set(["name", "region", "principal"]);
const steps = stepsFor(REQUIRED, false);

test("no field is asked for twice, and every required one is asked for", () => {
  const names = fieldsOfSteps(steps).map((one) => one.name);

  expect(new Set(names).size).toBe(names.length);
  for (const name of REQUIRED) expect(names).toContain(name);
});

test("what is missing is told with its step", () => {
  const missing = missingIn(steps, { name: "某厂", registrant_name: "陈", registrant_mobile: "13800138000" }, (code) => code);

  expect(missing.map((one) => [one.step, one.code])).toEqual([["place", "region"], ["basic", "principal"]]);
  expect(stepOf(steps, "unified_credit_code")).toBe("type");
});

test("certificates are asked of those whose type is of construction", () => {
  const types = [{ code: "GM", industry_codes: "all" }, { code: "SG", industry_codes: "JZ" }, { code: "SC", industry_codes: "JZ;GM03" }];

  expect(holdsQualifications(types, ["GM", undefined])).toBe(false);
  expect(holdsQualifications(types, ["GM", "SC"])).toBe(true);
  expect(stepsFor(REQUIRED, true).map((one) => one.name)).toEqual(["registrant", "type", "place", "basic", "qualifications", "personnel", "confirm"]);
});
