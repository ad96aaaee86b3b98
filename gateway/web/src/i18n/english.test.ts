import { mount } from "@vue/test-utils";
import { beforeAll, expect, test } from "vitest";
import { speak } from ".";

const HAN = /\p{Script=Han}/u;

beforeAll(() => speak("en"));

test("what is asked for once English is spoken holds no Chinese: a page, its values and attributes, menus, titles and words", async () => {
  const door = mount((await import("@/shell/door.vue")).default);
  const days = [{ day: "2026-11-02", due_count: 4, checked_count: 3, check_rate: 75 }];
  const calendar = mount((await import("@/charts/check-calendar.vue")).default, { props: { days, month: "2026-11" } });
  const { GOVERNMENT, ENTERPRISE } = await import("@/shell/menus");
  const { itemOf, wordsOf } = await import("@/api/words");
  const fields = Object.values(itemOf("hazard_list_hazards"));
  const titles = [...GOVERNMENT, ...ENTERPRISE].flatMap((group) => [group.title, ...group.leaves.map((leaf) => leaf.title)]);

  expect(door.text().match(/\p{Script=Han}+/gu)).toEqual(["中文"]); // The way back.
  expect(calendar.html()).not.toMatch(HAN);
  expect(calendar.text()).toContain("75.00%");
  expect(titles.filter((one) => HAN.test(one))).toEqual([]);
  expect(fields.flatMap((field) => [field.t ?? "", ...Object.values(wordsOf(field))]).filter((one) => HAN.test(one))).toEqual([]);
  expect(fields.length).toBeGreaterThan(20);
});
