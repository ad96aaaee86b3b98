// A decision waits eight seconds in which it can be taken back; leaving the page or signing out sends it at once.
//
// If the browser dies before, nothing was decided and the record is still in the queue.

import { onBeforeUnmount, onMounted, ref } from "vue";
import { askAny, newKey } from "@/api/client";
import { refresh } from "@/api/queries";
import { asRefused, type Refused } from "@/api/refused";
import { beforeLeaving } from "@/shell/leaving";

export const SECONDS = 8;

export interface Decision {
  id: string; // of the record
  name: string;
  operation: string;
  args: object;
  opinion: string;
}

export function useDecisions(services: string[]) {
  const waiting = ref<Decision | null>(null);
  const rest = ref(0);
  const decided = ref(new Set<string>()); // Gone from the queue before the server has been asked anew.
  const failed = ref<{ decision: Decision; refusal: Refused } | null>(null);
  const count = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;

  async function flush(): Promise<void> {
    clearInterval(timer);
    const decision = waiting.value;
    waiting.value = null;
    if (!decision) return;
    try {
      await askAny(decision.operation, decision.args, { key: newKey() });
      count.value += 1;
      void refresh(services).then(() => decided.value.delete(decision.id));
    } catch (error) {
      decided.value.delete(decision.id);
      failed.value = { decision, refusal: asRefused(error) };
    }
  }

  /** The one before goes out now; this one begins to wait. */
  function decide(decision: Decision): void {
    void flush();
    failed.value = null;
    waiting.value = decision;
    decided.value.add(decision.id);
    rest.value = SECONDS;
    timer = setInterval(() => {
      rest.value -= 1;
      if (rest.value <= 0) void flush();
    }, 1000);
  }

  function takeBack(): Decision | null {
    clearInterval(timer);
    const decision = waiting.value;
    waiting.value = null;
    if (decision) decided.value.delete(decision.id);
    return decision;
  }

  const leave = () => void flush();
  let forget = () => {};
  onMounted(() => {
    addEventListener("pagehide", leave);
    forget = beforeLeaving(flush);
  });
  onBeforeUnmount(() => {
    removeEventListener("pagehide", leave);
    forget();
    void flush();
  });

  return { waiting, rest, decided, failed, count, decide, takeBack, flush };
}
