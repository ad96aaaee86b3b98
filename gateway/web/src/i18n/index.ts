// The pages are written in Chinese, and the Chinese sentence is the key: the build has each looked up here (``scripts/translate``).

import { remember, remembered } from "@/shell/preferences";

export type Language = "zh-CN" | "en";

export let language: Language = "zh-CN";
let english: Record<string, string> = {};

/** What is read when a module is loaded is read once: the language stands before the application is loaded. */
export async function speak(wanted: Language): Promise<void> {
  english = wanted === "en" ? (await import("./en.json")).default : {};
  language = wanted;
  document.documentElement.lang = wanted;
}

export function languageKept(): Language {
  return remembered("language") === "en" ? "en" : "zh-CN";
}

/** The page anew in the other language; a form that is not saved asks first. */
export function speakOther(): void {
  remember("language", language === "en" ? "zh-CN" : "en");
  location.reload();
}

/** A sentence as it is said in the language spoken, with the values at its places ``{0}``, ``{1}``. */
export function t(sentence: string, values: readonly unknown[] = []): string {
  const told = english[sentence] ?? sentence;
  return values.length ? told.replace(/\{(\d+)\}/g, (_, at: string) => String(values[Number(at)] ?? "")) : told;
}

/** The sentences without values that are told like this: several may have the same English. */
export function sentencesOf(told: string): string[] {
  const same = Object.keys(english).filter((one) => english[one] === told);
  return same.length ? same : [told];
}

/** Chinese that is data and stays as it is in every language. */
export function asWritten<T>(data: T): T {
  return data;
}
