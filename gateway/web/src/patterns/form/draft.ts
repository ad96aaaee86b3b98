// What is typed saves itself two seconds after the last change and on leaving; a form that was sent leaves nothing behind.

import { onBeforeUnmount, ref, watch, type Ref } from "vue";
import { useSession } from "@/api/session";
import { remember, remembered } from "@/shell/preferences";
import type { Model } from "./fields";
import { moment } from "@/api/format";

const REST = 2000;
const DAYS = 30;

interface Kept {
  at: string;
  model: Model;
}

export function draftName(key: string): string {
  return `draft.${useSession().me?.id ?? ""}.${key}`;
}

export function recalled(name: string): Kept | null {
  try {
    const kept = JSON.parse(remembered(name) ?? "null") as Kept | null;
    return kept && Date.now() - Date.parse(kept.at) < DAYS * 86_400_000 ? kept : null;
  } catch {
    return null;
  }
}

/** ``name`` is null where nothing may stay in this browser, as of forms that are signed. */
export function useDraft(name: string | null, model: Model, version: Ref<number>) {
  const savedAt = ref("");
  const isDirty = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function save(): boolean {
    clearTimeout(timer);
    const at = new Date().toISOString();
    if (!name || !remember(name, JSON.stringify({ at, model } satisfies Kept))) return false;
    savedAt.value = moment(at).slice(11);
    return true;
  }

  function forget(): void {
    clearTimeout(timer);
    isDirty.value = false;
    if (name) remember(name, null);
  }

  watch(version, () => {
    isDirty.value = true;
    clearTimeout(timer);
    timer = setTimeout(save, REST);
  });
  onBeforeUnmount(() => isDirty.value && save());

  return { savedAt, isDirty, save, forget };
}
