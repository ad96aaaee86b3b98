import { VueQueryPlugin } from "@tanstack/vue-query";
import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defineComponent } from "vue";
import { queryClient } from "@/api/queries";
import { useForm } from "./use-form";

const sent: Record<string, unknown>[] = [];

function aForm() {
  let form!: ReturnType<typeof useForm>;
  const options = { operation: () => "enterprise_request_suspension", fields: [{ name: "kind" }, { name: "attachments", isRequired: true }], start: { kind: "stop" }, fixed: () => ({ enterprise_id: "1" }) };
  const wrapper = mount(defineComponent({ setup: () => ((form = useForm(options)), () => null) }), { global: { plugins: [[VueQueryPlugin, { queryClient }]] } });
  return { wrapper, form };
}

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", async (_: string, options: { body: string }) => (sent.push(JSON.parse(options.body)), new Response("{}")));
});
afterEach(() => vi.unstubAllGlobals());

test("what is sent while a file is on its way waits for it and goes once, with the file", async () => {
  const { form } = aForm();
  form.upload("attachments", "going");

  const first = form.send();
  const second = await form.send();

  expect([second, form.isWaiting.value, sent]).toEqual([undefined, true, []]);
  form.change("attachments", ["f1"]);
  form.upload("attachments", "done");
  await first;
  expect([form.isWaiting.value, sent]).toEqual([false, [{ kind: "stop", attachments: ["f1"] }]]);
});

test("what is missing is told at once, a file on its way is not missing", async () => {
  const { form } = aForm();
  form.change("kind", null);
  form.upload("attachments", "going");

  await form.send();

  expect([Object.keys(form.faults.value), form.isWaiting.value]).toEqual([["kind"], false]);
});

test("a file that could not be uploaded is not left out in silence", async () => {
  const { form } = aForm();
  form.upload("attachments", "going");

  const answer = form.send();
  form.upload("attachments", "failed");

  expect(await answer).toBeUndefined();
  expect([form.others.value, sent]).toEqual([["有文件没有上传成功，请重试或移除后再提交"], []]);
  form.change("attachments", ["f1"]); // Of two files the other one is there.
  await form.send();
  expect(sent).toEqual([]);
  form.upload("attachments", "done");
  await form.send();
  expect(sent).toHaveLength(1);
});

test("who leaves while the form waits has sent nothing", async () => {
  const { wrapper, form } = aForm();
  form.upload("attachments", "going");
  const answer = form.send();

  wrapper.unmount();
  form.upload("attachments", "done");

  expect(await answer).toBeUndefined();
  await flushPromises();
  expect(sent).toEqual([]);
});
