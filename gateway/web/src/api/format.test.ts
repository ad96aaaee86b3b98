import { expect, test } from "vitest";
import { briefly, day, moment, money } from "./format";

const NOW = new Date("2026-11-23T01:40:00Z"); // 09:40 in China.

test.each([
  ["2026-11-23T01:12:00+00:00", "今天 09:12"],
  ["2026-11-22T16:30:00+00:00", "今天 00:30"],
  ["2026-11-22T09:46:00+00:00", "昨天 17:46"],
  ["2026-11-21T10:10:00+00:00", "11-21 18:10"],
  ["2025-11-21T10:10:00+00:00", "2025-11-21"],
  [null, "—"],
])("%s is told as %s", (value, told) => {
  expect(briefly(value, NOW)).toBe(told);
});

test("a moment is told in China's time, a day as it is, money with its cents", () => {
  expect(moment("2026-11-22T16:30:00Z")).toBe("2026-11-23 00:30");
  expect(day("2026-11-23")).toBe("2026-11-23");
  expect(money("2000")).toBe("2,000.00");
  expect(money(null)).toBe("—");
});
