// The ways somebody goes most, chosen by himself and kept with his account.

import { computed, type ComputedRef } from "vue";
import { ask } from "@/api/client";
import { useSession } from "@/api/session";

export const MOST = 12;

export function useShortcuts(): ComputedRef<string[]> {
  const session = useSession();
  return computed(() => session.me?.shortcuts ?? []);
}

export async function keepShortcuts(chosen: string[]): Promise<void> {
  const session = useSession();
  await ask("gateway_keep_shortcuts", { shortcuts: chosen.slice(0, MOST) });
  if (session.me) session.me = { ...session.me, shortcuts: chosen.slice(0, MOST) };
}
