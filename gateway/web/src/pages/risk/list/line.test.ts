import { expect, test } from "vitest";
import { faultOfLines, isBelow, mostOf, sentLines, type Line } from "./line";

const LINE: Line = {
  point_id: "p", period: "week", times: 1, split: "count", span_start: "00:00", span_end: "24:00", checker_id: null, checker_unit_id: null, checker_name: null,
  items: [{ item: "防护罩完好", standard: null, mandatory_id: null }], told: { name: "冲压机", where: "一车间", level: "yellow" },
};

test.each([
  ["week", 1, { period: "week", times: 1 }, false],
  ["day", 1, { period: "week", times: 4 }, false],
  ["month", 4, { period: "week", times: 1 }, true],
  ["day", 1, { period: "day", times: 2 }, true],
  ["operation", 1, { period: "day", times: 1 }, false],
])("%s × %d against %o", (period, times, least, below) => {
  expect(isBelow({ ...LINE, period, times }, least)).toBe(below);
});

test("what is told of the point is not sent, and half-written items stay behind", () => {
  const [sent] = sentLines([{ ...LINE, items: [...LINE.items, { item: " ", standard: null, mandatory_id: null }] }]);

  expect(sent).not.toHaveProperty("told");
  expect(sent!.items).toHaveLength(1);
});

test("a list needs a line, and each line an item", () => {
  expect(faultOfLines([])).toBe("请至少列入一个风险点");
  expect(faultOfLines([{ ...LINE, items: [] }])).toBe("“冲压机”没有检查内容");
  expect(faultOfLines([LINE])).toBe("");
});

test("only days, weeks and months are checked more than once", () => {
  expect(["day", "week", "quarter"].map(mostOf)).toEqual([7, 4, 1]);
});
