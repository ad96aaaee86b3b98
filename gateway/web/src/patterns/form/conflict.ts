// Two people changed one record: what only one of them touched goes together by itself, the rest is chosen field by field.

import { get, isEmpty, type Model, type Resolved } from "./fields";

export interface Merged {
  taken: Model; // what only the other one changed, by field
  differing: Resolved[]; // what both changed, each to something else
}

function isSame(one: unknown, other: unknown): boolean {
  if (isEmpty(one) && isEmpty(other)) return true;
  return JSON.stringify(one) === JSON.stringify(other);
}

export function merge(fields: Resolved[], base: Model, mine: Model, theirs: Model): Merged {
  const found: Merged = { taken: {}, differing: [] };
  for (const field of fields) {
    const [was, my, their] = [base, mine, theirs].map((of) => get(of, field.name));
    if (isSame(my, their) || isSame(was, their)) continue;
    if (isSame(was, my)) found.taken[field.name] = their;
    else found.differing.push(field);
  }
  return found;
}
