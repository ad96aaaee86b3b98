// The pages are written in Chinese, and the Chinese sentence is the key: what has no translation yet is shown as written.

import { createI18n } from "vue-i18n";
import { remembered } from "@/shell/preferences";

export type Language = "zh-CN" | "en";

export const i18n = createI18n({
  legacy: false,
  locale: "zh-CN" as string,
  fallbackLocale: "zh-CN",
  messages: { "zh-CN": {} } as Record<string, Record<string, string>>,
  messageResolver: (messages, key) => (messages as Record<string, string>)[key] ?? null,
  fallbackFormat: true,
  missingWarn: false,
  fallbackWarn: false,
  warnHtmlMessage: false,
});

export async function speak(language: Language): Promise<void> {
  if (language === "en") i18n.global.setLocaleMessage("en", (await import("./en.json")).default);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}

export function languageKept(): Language {
  return remembered("language") === "en" ? "en" : "zh-CN";
}

export function t(sentence: string, values: Record<string, unknown> = {}): string {
  return i18n.global.t(sentence, values);
}
