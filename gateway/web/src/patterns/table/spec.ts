// A list as data: its operation, its columns and filters; what is left out is what the API itself says of the field.

import type { RouteLocationRaw } from "vue-router";
import type { Row } from "@/api/types";
import { argsOf, itemOf, wordsOf, type Field } from "@/api/words";
import type { PickName } from "../form/picks";

export type Shown = "text" | "moment" | "day" | "due" | "tag" | "word" | "count" | "money" | "flag" | "region" | "industry" | "list" | "level";

export interface Column {
  name: string;
  title?: string;
  as?: Shown;
  width?: number; // without one the column takes what is left
  second?: string; // the field under it, in the same cell
  sort?: string; // the API's word for sorting by it; "-" before it turns it round
  hidden?: boolean; // shown only when somebody asks for it
  isSettled?: (row: Row) => boolean; // for deadlines: nothing is left of them any more
}

export type Asked = "search" | "choice" | "flag" | "day" | "days" | "region" | "industry" | "pick";

export interface Filter {
  name: string;
  title?: string;
  as?: Asked;
  until?: string; // the field of the last day, for ``days``
  words?: Record<string, string>;
  pick?: PickName;
  isMore?: boolean; // in the second row
  placeholder?: string;
}

export interface TableSpec {
  operation: string;
  title: string;
  unit?: string; // 家, 件, 条
  columns: Column[];
  filters?: Filter[];
  fixed?: Record<string, unknown>; // arguments that are no filters
  sort?: string; // the order in which it comes without a wish
  link?: (row: Row) => RouteLocationRaw | null; // where the first column leads
  key?: (row: Row) => string;
  empty?: string; // what belongs here, when there is nothing yet
  exports?: boolean;
  selects?: boolean;
  actionsWidth?: number;
}

const LEAST = 190; // Of a column that takes what is left.
const ACTIONS = 96;

/** Below this the table scrolls sideways rather than squeeze what it shows. */
export function leastWidth(spec: TableSpec, columns: Column[], hasActions: boolean): number {
  const own = columns.reduce((sum, one) => sum + (one.width ?? LEAST), 0);
  return own + (spec.selects ? 38 : 0) + (hasActions ? (spec.actionsWidth ?? ACTIONS) : 0);
}

export function actionsWidth(spec: TableSpec): number {
  return spec.actionsWidth ?? ACTIONS;
}

const SHOWN: Record<string, Shown> = { moment: "moment", day: "day", flag: "flag", count: "count", number: "count", money: "money", list: "list" };

export function fieldOf(spec: TableSpec, name: string): Field | undefined {
  return itemOf(spec.operation)[name];
}

export function titleOf(spec: TableSpec, column: Column): string {
  return column.title ?? fieldOf(spec, column.name)?.t ?? column.name;
}

export function shownAs(spec: TableSpec, column: Column): Shown {
  if (column.as) return column.as;
  const field = fieldOf(spec, column.name);
  if (field?.w !== undefined && field.k === "text") return "word";
  return SHOWN[field?.k ?? ""] ?? "text";
}

export interface ResolvedFilter extends Filter {
  title: string;
  as: Asked;
  words: Record<string, string>;
}

export function resolve(spec: TableSpec, filter: Filter): ResolvedFilter {
  const field = argsOf(spec.operation)[filter.name];
  const words = filter.words ?? wordsOf(field);
  const usual: Asked = filter.until ? "days" : field?.k === "flag" ? "flag" : field?.k === "day" ? "day" : Object.keys(words).length ? "choice" : "search";
  const title = filter.title ?? (filter.name === "q" ? "关键字" : (field?.t ?? filter.name));
  return { ...filter, title, as: filter.as ?? usual, words: !filter.words && (filter.as === "flag" || usual === "flag") ? { true: "是", false: "否" } : words };
}

export function keyOf(spec: TableSpec, row: Row): string {
  return spec.key ? spec.key(row) : String(row.id ?? row.code);
}
