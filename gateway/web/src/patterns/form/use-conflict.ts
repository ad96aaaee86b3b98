// A form whose record somebody else has changed meanwhile: what does not clash is put together, the rest is asked.

import { nextTick, ref, shallowRef } from "vue";
import { merge } from "./conflict";
import { copied, type Model, type Resolved } from "./fields";
import type { Form } from "./use-form";

/** ``reload`` brings the newest record, and with it the newest ``latest``. */
export function useConflict(form: Form, latest: () => Model, reload: (() => Promise<unknown>) | undefined) {
  let base = copied(latest());
  const differing = shallowRef<Resolved[]>([]);
  const theirs = shallowRef<Model>({});
  const isMerged = ref(false);

  /** Whether the record's being older was all that stood against it, and a way on is open. */
  async function settle(): Promise<boolean> {
    if (!reload || form.command.refusal.value?.code !== "version.stale") return false;
    await reload();
    await nextTick();
    theirs.value = copied(latest());
    const found = merge(form.resolved, base, form.model, theirs.value);
    base = copied(theirs.value);
    for (const [name, value] of Object.entries(found.taken)) form.change(name, value);
    form.fail({});
    differing.value = found.differing;
    isMerged.value = !found.differing.length;
    return true;
  }

  function choose(taken: string[]): void {
    for (const name of taken) form.change(name, theirs.value[name]);
    differing.value = [];
  }

  return { differing, theirs, isMerged, settle, choose, close: () => (differing.value = []) };
}
