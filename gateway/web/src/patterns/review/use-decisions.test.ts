import { mount } from "@vue/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defineComponent } from "vue";
import { settleAll } from "@/shell/leaving";
import { SECONDS, useDecisions } from "./use-decisions";

const sent: string[] = [];
const A_DECISION = { id: "1", name: "某企业", operation: "enterprise_review_enterprise", args: { enterprise_id: "1", decision: "approve" }, opinion: "" };

function page() {
  let decisions!: ReturnType<typeof useDecisions>;
  const wrapper = mount(defineComponent({ setup: () => ((decisions = useDecisions(["enterprise"])), () => null) }));
  return { wrapper, decisions };
}

beforeEach(() => {
  sent.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async (url: string) => (sent.push(url), new Response("{}")));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a decision is sent after its seconds and not before", async () => {
  const { decisions } = page();

  decisions.decide(A_DECISION);
  await vi.advanceTimersByTimeAsync(SECONDS * 1000 - 1);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);

  expect(sent).toEqual(["/api/v1/enterprises/1/review"]);
});

test("one that was taken back is never sent, and its record is in the queue again", async () => {
  const { decisions } = page();

  decisions.decide(A_DECISION);
  expect(decisions.takeBack()?.id).toBe("1");
  await vi.advanceTimersByTimeAsync(60_000);

  expect(sent).toEqual([]);
  expect(decisions.decided.value.size).toBe(0);
});

test("leaving the page, signing out and the next decision send it at once", async () => {
  const first = page();
  first.decisions.decide(A_DECISION);
  first.wrapper.unmount();
  expect(sent).toHaveLength(1);

  const second = page();
  second.decisions.decide(A_DECISION);
  await settleAll();
  expect(sent).toHaveLength(2);

  second.decisions.decide(A_DECISION);
  second.decisions.decide({ ...A_DECISION, id: "2" });
  expect(sent).toHaveLength(3);
});
