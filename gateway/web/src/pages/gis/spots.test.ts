import { expect, test } from "vitest";
import { gathered, spotOfPart } from "./spots";

const point = (n: number) => ({ id: String(n), name: "点", enterprise_name: "企业", level: "red", longitude: 106 + (n % 10) / 1000, latitude: 27 });

test.each([[200, 200], [201, 1]])("%i points close together are %i spots", (points, spots) => {
  expect(gathered(Array.from({ length: points }, (_, n) => point(n)), 0.1).length).toBe(spots);
});

test("gathered circles hold every point once", () => {
  const spots = gathered(Array.from({ length: 500 }, (_, n) => ({ ...point(n), longitude: 105 + n / 100 })), 0.5);

  expect(spots.reduce((sum, one) => sum + Number(/<b>(\d+)/.exec(one.html)?.[1] ?? 1), 0)).toBe(500);
});

test.each([[{ count: 0 }, true], [{ longitude: null }, true], [{}, false]])("a part with %o is left out: %s", (wrong, isLeftOut) => {
  const part = { region: "520500", name: "毕节市", longitude: 105, latitude: 27, count: 3, ...wrong };

  expect(spotOfPart(part, "家", 3) === null).toBe(isLeftOut);
});
