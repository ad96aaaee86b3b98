import { expect, test } from "vitest";
import { boxAround, KINDS, spotOfCluster, spotOfPart, spotOfPoint } from "./spots";

const point = { id: "7", name: "锅炉", note: "贵阳某厂", kind: "red", longitude: 106, latitude: 27 };

test("a point has the shape and the word of its kind, and leads to its record", () => {
  const spot = spotOfPoint(point, KINDS.risks, "/risk-points");

  expect(spot.title).toBe("重大风险 锅炉（贵阳某厂）");
  expect(spot.to).toBe("/risk-points/7");
});

test.each(Object.entries(KINDS))("no two kinds of %s look alike without colour", (_, kinds) => {
  const shapes = Object.values(kinds).map((one) => one.shape);

  expect(new Set(shapes).size).toBe(shapes.length);
});

test("a group tells its number and the gravest of its kinds", () => {
  const spot = spotOfCluster({ longitude: 106, latitude: 27, count: 12, kind: "orange" }, KINDS.risks, "个");

  expect(spot.title).toBe("12 个，含较大风险，点击放大");
  expect(spot.html).toContain("<b>12</b>");
  expect(spot.to).toBeUndefined();
});

test.each([
  [[106, 26, 107, 27], "106.000000,26.000000,107.000000,27.000000"],
  [[100, 20, 114, 27], "105.505000,22.005000,108.495000,24.995000"],
])("of %o the box %s is asked for", (seen, box) => {
  expect(boxAround(...(seen as [number, number, number, number]))).toBe(box);
});

test.each([[{ count: 0 }, true], [{ longitude: null }, true], [{}, false]])("a part with %o is left out: %s", (wrong, isLeftOut) => {
  const part = { region: "520500", name: "毕节市", longitude: 105, latitude: 27, count: 3, ...wrong };

  expect(spotOfPart(part, "家", 3) === null).toBe(isLeftOut);
});
