import { mount } from "@vue/test-utils";
import { ElMessage } from "element-plus";
import { nextTick } from "vue";
import { afterEach, expect, test } from "vitest";
import App from "./app.vue";

afterEach(() => ElMessage.closeAll());

test("what is told while something else is still being told is told too, and the same twice stands once", async () => {
  mount(App, { global: { stubs: { RouterView: true } } });

  for (const words of ["已保存", "已发布", "已保存"]) ElMessage.success(words);
  await nextTick();

  const told = [...document.querySelectorAll(".el-message__content")].map((one) => one.textContent);
  expect(told).toEqual(["已保存", "已发布"]);
});
