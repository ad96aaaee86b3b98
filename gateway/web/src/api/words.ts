// What people call the fields and code values of the API: its own words, from the generated ``fields.json``.

import { t } from "@/i18n";
import described from "./fields.json";

export interface Field {
  t?: string; // title
  k: string; // kind
  w?: string; // the words of its codes, by name
  e?: (string | number | boolean)[]; // codes without words
  r?: number; // required
  n?: number; // may be null
  a?: number; // shortest, least
  z?: number; // longest, most
  d?: unknown; // default
  s?: string; // the schema inside
}

export type Fields = Record<string, Field>;
type Words = Record<string, string>;
interface Shape {
  b?: string; // body
  o?: string; // answer
  i?: string; // a line of the list
  q?: Fields; // query
}

const WORDS = described.words as unknown as Record<string, Words>;
const SCHEMAS = described.schemas as unknown as Record<string, Fields>;
const SHAPES = described.schemas as unknown as Record<string, Shape>;

function tell(fields: Fields): void {
  for (const field of Object.values(fields)) if (field.t) field.t = t(field.t);
}

for (const fields of Object.values(SCHEMAS)) tell(fields);
for (const shape of Object.values(SHAPES)) if (shape.q) tell(shape.q);
for (const words of Object.values(WORDS)) for (const code of Object.keys(words)) words[code] = t(words[code]!);

export function fieldsOf(schema: string | undefined): Fields {
  return (schema && SCHEMAS[schema]) || {};
}

/** The title of a figure without the sign of percent, which stands at the number itself. */
export function titleAlone(field: Field | undefined): string | undefined {
  return field?.t?.replace(/ ?[（(]%[）)]$/, "");
}

/** The fields of an operation's body, or of its query where it has none. */
export function argsOf(operation: string): Fields {
  const shape = SHAPES[operation];
  return shape?.b ? fieldsOf(shape.b) : (shape?.q ?? {});
}

export function answerOf(operation: string): Fields {
  return fieldsOf(SHAPES[operation]?.o);
}

export function itemOf(operation: string): Fields {
  return fieldsOf(SHAPES[operation]?.i);
}

export function wordsOf(field: Field | undefined): Words {
  if (field?.w !== undefined) return WORDS[field.w] ?? {};
  return Object.fromEntries((field?.e ?? []).map((code) => [String(code), String(code)]));
}

/** The word of a code value; the code itself where an older page meets a newer word. */
export function wordOf(field: Field | undefined, code: unknown): string {
  if (code === null || code === undefined || code === "") return "—";
  return wordsOf(field)[String(code)] ?? String(code);
}

const AT_A_GLANCE = 12;

/** Too many words to find one by looking: whoever chooses may type. */
export function isLong(words: Words): boolean {
  return Object.keys(words).length > AT_A_GLANCE;
}
