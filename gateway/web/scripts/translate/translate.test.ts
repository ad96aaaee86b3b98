import { expect, test } from "vitest";
import { isSpoken, sentencesOf, translated } from "./source.mjs";

const IMPORT = 'import { t as t__ } from "@/i18n";';

function keys(code: string, path = "one.vue"): string[] {
  return sentencesOf(code, path).map((one: { key: string }) => one.key);
}

function ofScript(code: string): string {
  return translated(code, "one.ts")!.code.replace(IMPORT, "");
}

function ofTemplate(inside: string): string {
  return /<template>(.*)<\/template>/s.exec(translated(`<script setup lang="ts">let n = 1;</script><template>${inside}</template>`, "one.vue")!.code)![1]!;
}

test.each([
  ["<p>企业</p>", "<p>{{ t__('企业') }}</p>"],
  ["<p>\n  共 {{ n }} 件，\n  超期 {{ n + 1 }} 件 <b>x</b></p>", "<p>\n  {{ t__('共 {0} 件， 超期 {1} 件', [n, n + 1]) }} <b>x</b></p>"],
  ["<p>{{ n }} <b>x</b>{{ n }}：{{ n }}</p>", "<p>{{ n }} <b>x</b>{{ t__('{0}：{1}', [n, n]) }}</p>"],
  ["<p>第 {{ n > 1 ? '一' : n }} 次</p>", "<p>{{ t__('第 {0} 次', [n > 1 ? t__('一') : n]) }}</p>"],
  ["<p>A &amp; 乙</p>", "<p>{{ t__('A \\u0026 乙') }}</p>"],
  ['<i title="说 “x”" class="a" />', "<i :title=\"t__('说 “x”')\" class=\"a\" />"],
  ["<i :title=\"n ? '有' : `${n} 件`\" />", "<i :title=\"n ? t__('有') : t__('{0} 件', [n])\" />"],
  ["<i v-for=\"one in ['甲', '乙']\" :key=\"one\" @click=\"n = 1; say('好')\" />", "<i v-for=\"one in [t__('甲'), t__('乙')]\" :key=\"one\" @click=\"n = 1; say(t__('好'))\" />"],
  ["<p>x</p><!-- 说明 --><p>甲</p>", "<p>x</p><!-- 说明 --><p>{{ t__('甲') }}</p>"],
])("a template: %s", (before, after) => {
  expect(ofTemplate(before)).toBe(after);
});

test.each([
  ['const a = "甲";', "const a = t__('甲');"],
  ["const a = `共 ${n} 件，${b ? `其中 ${c}` : \"无\"}`;", "const a = t__('共 {0} 件，{1}', [n, b ? t__('其中 {0}', [c]) : t__('无')]);"],
  ['const a = "it\'s 甲\\n";', "const a = t__('it\\u0027s 甲\\u000a');"],
  ['const a = { 甲: "乙" } as Record<"甲", string>;', "const a = { 甲: t__('乙') } as Record<\"甲\", string>;"],
  ['const a = words.join("、"); // 顿号', "const a = words.join(t__('、')); // 顿号"],
])("a script: %s", (before, after) => {
  expect(ofScript(before)).toBe(after);
});

test("what is data, a type, a name or a comment stays as it is", () => {
  expect(translated('type A = "甲"; const a = asWritten("乙"); const b = { "丙": 1 }; // 丁', "one.ts")).toBeNull();
});

test("a page with a script gets its import there, one without gets a script", () => {
  expect(translated("<script setup>let a = 1;</script><template>甲</template>", "one.vue")!.code).toContain(`<script setup>${IMPORT}let a`);
  expect(translated("<template>甲</template>", "one.vue")!.code).toMatch(/^<script setup lang="ts">import/);
});

test("sentences are told in the order of the file, with the values of each", () => {
  expect(keys('<script setup>const a = "甲";</script><template><p title="乙">丙 {{ a }}</p></template>')).toEqual(["甲", "乙", "丙 {0}"]);
});

test("a place for a value that is written out, and the name of the call, are refused", () => {
  expect(() => keys('const a = "甲 {0}";', "one.ts")).toThrow("written out");
  expect(() => translated('const t__ = "甲";', "one.ts")).toThrow("t__");
});

test("tests, descriptions of types, and what looks sentences up hold none", () => {
  expect(["pages/a.vue", "api/words.ts", "a.test.ts", "env.d.ts", "i18n/index.ts", "shell/pinyin.ts", "app.css"].filter(isSpoken)).toEqual(["pages/a.vue", "api/words.ts"]);
});
