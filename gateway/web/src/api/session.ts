// Who is signed in, what he may do and where; everything else of the server's lives in queries.

import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { ask, cookie } from "./client";
import { Refused } from "./refused";
import type { Answer } from "./types";

export type Me = Answer<"gateway_get_me">;
export type Side = "government" | "enterprise";

export const useSession = defineStore("session", () => {
  const me = ref<Me | null>(null);
  const mustChangePassword = ref(false);
  const permissions = computed(() => new Set(me.value?.permissions ?? []));
  const side = computed<Side>(() => (me.value?.kind === "regulator" ? "government" : "enterprise"));

  function may(permission: string | undefined): boolean {
    return permission === undefined || permission === "signed_in" || permission === "public" || permissions.value.has(permission);
  }

  /** The person of the session that this browser has, or nobody. */
  async function recall(): Promise<boolean> {
    if (!cookie("csrf")) return false;
    try {
      me.value = await ask("gateway_get_me", {}, { quiet: true });
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "auth.password_change_required") mustChangePassword.value = true;
      else if (error.status !== 401) throw error;
      return false;
    }
  }

  interface Credentials {
    username: string;
    password: string;
    captcha_id?: string | null;
    captcha_text?: string | null;
  }

  async function signIn(given: Credentials): Promise<void> {
    const opened = await ask("gateway_sign_in", { ...given, carrier: "cookie" }, { quiet: true });
    mustChangePassword.value = opened.must_change_password;
    if (!opened.must_change_password) me.value = await ask("gateway_get_me", {}, { quiet: true });
  }

  async function changePassword(old_password: string, new_password: string): Promise<void> {
    await ask("gateway_change_password", { old_password, new_password });
    mustChangePassword.value = false;
    me.value = await ask("gateway_get_me", {});
  }

  async function signOut(everywhere: boolean): Promise<void> {
    await ask("gateway_sign_out", { everywhere }, { quiet: true }).catch((error: unknown) => {
      if (!(error instanceof Refused && error.status === 401)) throw error;
    });
    me.value = null;
  }

  return { me, mustChangePassword, permissions, side, may, recall, signIn, changePassword, signOut };
});
