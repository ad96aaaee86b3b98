import { expect, test } from "vitest";
import { standing } from "./due";

test.each([
  ["2026-11-20", "超 3 天", "danger"],
  ["2026-11-23", "今日到期", "warning"],
  ["2026-11-26", "剩 3 天", "warning"],
  ["2026-11-27", "剩 4 天", "neutral"],
  ["2027-02-21", "剩 90 天", "neutral"],
  ["2098-12-31", "", "neutral"],
])("a deadline of %s reads %s on 2026-11-23", (due, left, tone) => {
  expect(standing(due, false, "2026-11-23")).toEqual({ left, tone });
});

test("settled work has nothing left of its deadline", () => {
  expect(standing("2026-01-01", true, "2026-11-23").left).toBe("");
});
