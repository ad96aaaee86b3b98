// What an operation takes and gives, by its id, out of the generated types.

import type { operations } from "./schema";

export type OperationId = keyof operations;

type Something<T> = [T] extends [never] ? unknown : T;
type Of<T, K extends string> = T extends { [key in K]?: infer V } ? Something<NonNullable<V>> : unknown;
type Path<O extends OperationId> = Of<operations[O]["parameters"], "path">;
type Query<O extends OperationId> = Of<operations[O]["parameters"], "query">;
type Body<O extends OperationId> = operations[O] extends { requestBody?: { content: { "application/json": infer B } } } ? B : unknown;
type Shape<R> = R extends { content: { "application/json": infer B } } ? B : never;
type Good<R> = R extends { 200: infer A } ? Shape<A> : R extends { 201: infer A } ? Shape<A> : never;

/** Path, query and body in one, as the operation's own arguments are; the client parts them. */
export type Args<O extends OperationId> = Path<O> & Query<O> & Body<O>;

/** Answers hold every field they describe, null where there is nothing. */
export type Told<T> = T extends (infer E)[] ? Told<E>[] : T extends object ? { [K in keyof T]-?: Told<Exclude<T[K], undefined>> } : T;
export type Answer<O extends OperationId> = Told<Good<operations[O]["responses"]>>;

/** A line of a list. */
export type Item<O extends OperationId> = Answer<O> extends { items: (infer I)[] } ? I : never;

/** What generic parts of the pages handle without knowing its fields. */
export type Row = Record<string, unknown>;
export interface Page {
  items: Row[];
  next_cursor: string | null;
  total?: number;
}
