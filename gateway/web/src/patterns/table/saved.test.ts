import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { MOST, read, useSaved } from "./saved";

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

test("what was kept is there again, the last one first, and one name is kept once", () => {
  const saved = useSaved("/hazards");
  saved.save({ name: "超期", query: { is_overdue: "true" } });
  saved.save({ name: "重大", query: { is_major: "true" } });
  saved.save({ name: "超期", query: { is_overdue: "true", status: "rectifying" } });

  expect(useSaved("/hazards").items.value.map((one) => [one.name, one.query.status])).toEqual([["超期", "rectifying"], ["重大", undefined]]);
  expect(useSaved("/notices").items.value).toEqual([]);
});

test("the oldest go when there are too many, and none is left when all are removed", () => {
  const saved = useSaved("/hazards");
  for (let number = 0; number <= MOST; number += 1) saved.save({ name: String(number), query: {} });
  expect(saved.items.value.map((one) => one.name)).not.toContain("0");

  for (const { name } of [...saved.items.value]) saved.remove(name);
  expect(useSaved("/hazards").items.value).toEqual([]);
});

test.each(["", "{", "3", '[{"name":1}]', '[{"name":"a","query":null}]'])("what is no list of filters is nothing: %s", (text) => {
  expect(read(text)).toEqual([]);
});
