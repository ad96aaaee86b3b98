// A form's fields as data, completed by what the API says of them, and what can be checked before anything is sent.

import { argsOf, fieldsOf, wordsOf, type Field } from "@/api/words";
import type { Place } from "@/api/places";
import type { PickName } from "./picks";

export type Kind = "text" | "long" | "choice" | "checks" | "buttons" | "flag" | "count" | "money" | "day" | "moment" | "files" | "list" | "region" | "regions" | "industry" | "industries" | "pick" | "picks" | "password" | "choices" | "own";
export type Model = Record<string, unknown>;

export interface FieldSpec {
  name: string;
  title?: string;
  as?: Kind;
  words?: Record<string, string>;
  hint?: string;
  placeholder?: string;
  unit?: string;
  isRequired?: boolean | ((model: Model) => boolean);
  isShown?: (model: Model) => boolean;
  wide?: 1 | 2 | 3; // of three columns
  pick?: PickName;
  names?: string; // the field that takes the name of what was picked
  usual?: unknown;
  accept?: string;
  fault?: (value: unknown, model: Model) => string; // what else can be wrong with it
  isUnsent?: boolean; // its value goes out by another way
  send?: (value: unknown) => unknown; // what goes out in place of what was typed
  places?: (place: Place) => boolean; // of the regions, those that may be chosen
}

export interface Resolved extends FieldSpec {
  title: string;
  as: Kind;
  words: Record<string, string>;
  described: Field | undefined;
}

export interface Section {
  title: string;
  note?: string;
  fields: FieldSpec[];
}

const LONG = 300;
const BY_KIND: Record<string, Kind> = { flag: "flag", count: "count", number: "count", money: "money", day: "day", moment: "moment", ids: "files", password: "password" };

export function resolve(operation: string, field: FieldSpec): Resolved {
  const described = describedAt(operation, field.name);
  const words = field.words ?? wordsOf(described);
  const isLong = described?.k === "text" && (described.z ?? 0) >= LONG;
  const worded: Kind = described?.k === "list" ? "checks" : "choice"; // one of the words, or several
  const usual: Kind = field.pick ? "pick" : Object.keys(words).length ? worded : isLong ? "long" : (BY_KIND[described?.k ?? ""] ?? "text");
  return { ...field, title: field.title ?? described?.t ?? field.name, as: field.as ?? usual, words, described };
}

/** ``receivers.regions`` is a field of what the field holds. */
function describedAt(operation: string, name: string): Field | undefined {
  const [first = "", ...rest] = name.split(".");
  let found: Field | undefined = argsOf(operation)[first];
  for (const part of rest) found = fieldsOf(found?.s)[part];
  return found;
}

/** All that an operation's body asks for, in the order of its contract, version and path aside; ``special`` says more of some. */
export function fieldsOfBody(operation: string, but: string[] = [], special: Record<string, Partial<FieldSpec>> = {}): FieldSpec[] {
  const hidden = new Set(["version", "id", ...but]);
  return Object.keys(argsOf(operation)).filter((name) => !hidden.has(name)).map((name) => ({ name, ...special[name] }));
}

export function isRequired(field: Resolved, model: Model): boolean {
  if (typeof field.isRequired === "function") return field.isRequired(model);
  return field.isRequired ?? (field.described?.r === 1 && field.as !== "flag");
}

export function get(model: Model, name: string): unknown {
  return name.split(".").reduce<unknown>((found, part) => (found as Model | undefined)?.[part], model);
}

export function set(model: Model, name: string, value: unknown): void {
  const parts = name.split(".");
  const last = parts.pop()!;
  let at = model;
  for (const part of parts) at = (at[part] ??= {}) as Model;
  at[last] = value;
}

/** A copy to write in: what the server told is shared and may only be read. */
export function copied(model: Model): Model {
  return JSON.parse(JSON.stringify(model)) as Model;
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "") || (Array.isArray(value) && value.length === 0);
}

/** What is wrong with one value, in words that say what to do; empty when nothing is. */
export function faultOf(field: Resolved, model: Model): string {
  const value = get(model, field.name);
  const more = () => field.fault?.(value, model) ?? "";
  const isUnticked = field.as === "flag" && value === false; // A box that must be ticked is as good as empty without its tick.
  if (isEmpty(value) || isUnticked) return isRequired(field, model) ? missing(field) : field.as === "own" ? more() : "";
  return limitFault(field, value) || more();
}

function limitFault(field: Resolved, value: unknown): string {
  const { a, z } = field.described ?? {};
  if (typeof value === "string" && ["text", "long"].includes(field.as)) {
    if (z !== undefined && [...value].length > z) return `最多 ${z} 个字，现在 ${[...value].length} 个字`;
    if (a !== undefined && [...value.trim()].length < a) return `至少 ${a} 个字`;
  }
  if (["count", "money"].includes(field.as)) {
    const number = Number(value);
    if (Number.isNaN(number)) return "请填写数字";
    if (a !== undefined && number < a) return `不能小于 ${a}`;
    if (z !== undefined && number > z) return `不能大于 ${z}`;
  }
  return "";
}

function missing(field: Resolved): string {
  const isChosen = ["choice", "choices", "checks", "buttons", "pick", "picks", "region", "regions", "industry", "industries", "day", "moment", "flag"].includes(field.as);
  if (field.as === "files") return `请上传${field.title}`;
  return isChosen ? `请选择${field.title}` : `请填写${field.title}`;
}

export function faultsOf(fields: Resolved[], model: Model): Record<string, string> {
  const shown = fields.filter((one) => !one.isShown || one.isShown(model));
  return Object.fromEntries(shown.map((one) => [one.name, faultOf(one, model)]).filter(([, fault]) => fault));
}

/** The server's reasons by field; those of no field shown here stand alone. */
export function parted(details: Record<string, string>, fields: Resolved[]): { own: Record<string, string>; others: string[] } {
  const own: Record<string, string> = {};
  const others: string[] = [];
  for (const [path, words] of Object.entries(details)) {
    const field = fields.find((one) => path === one.name || path.startsWith(`${one.name}.`));
    if (field) own[field.name] ??= words;
    else others.push(words);
  }
  return { own, others };
}

/** What is sent: only what the operation takes, empty texts as nothing. */
export function cleaned(fields: Resolved[], model: Model): Model {
  const found: Model = {};
  for (const field of fields) {
    if (field.isUnsent || (field.isShown && !field.isShown(model))) continue;
    const typed = get(model, field.name);
    const value = field.send ? field.send(typed) : typed;
    if (value === undefined) continue;
    const isNothing = value === null || (typeof value === "string" && value.trim() === "");
    if (isNothing && !field.described?.n) continue;
    const isChosenFlag = field.described?.k === "flag" && typeof value === "string"; // A yes or no that is offered as two buttons.
    set(found, field.name, isNothing ? null : isChosenFlag ? value === "true" : value);
    if (field.names && get(model, field.names) !== undefined) set(found, field.names, get(model, field.names));
  }
  return found;
}
