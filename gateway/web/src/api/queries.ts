// The server's state on a page: asked once, shared, aborted when nobody waits for it, asked anew when it has changed.

import { keepPreviousData, QueryClient, useQuery, useQueryClient, type UseQueryReturnType } from "@tanstack/vue-query";
import { computed, ref, toValue, type MaybeRefOrGetter, type Ref } from "vue";
import { askAny, newKey, OPERATIONS, type Options } from "./client";
import { asRefused, Refused } from "./refused";
import type { Answer, Args, OperationId } from "./types";

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 10_000 } }, // The client itself repeats.
});

let isBackground = false;

export function useAsk<O extends OperationId>(
  id: O,
  args: MaybeRefOrGetter<Args<O>>,
  options: { enabled?: MaybeRefOrGetter<boolean>; staleTime?: number; keep?: boolean } = {},
): UseQueryReturnType<Answer<O>, Refused> {
  return useAskAny(id, args as MaybeRefOrGetter<object>, options) as UseQueryReturnType<Answer<O>, Refused>;
}

export function useAskAny(
  id: MaybeRefOrGetter<string>,
  args: MaybeRefOrGetter<object>,
  options: { enabled?: MaybeRefOrGetter<boolean>; staleTime?: number; keep?: boolean } = {},
): UseQueryReturnType<any, Refused> {
  return useQuery<any, Refused>({
    queryKey: computed(() => [toValue(id), toValue(args)]),
    queryFn: ({ signal }) => askAny(toValue(id), toValue(args), { signal, background: isBackground }),
    enabled: computed(() => toValue(options.enabled ?? true)),
    placeholderData: options.keep ? keepPreviousData : undefined,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
  });
}

/** What may have changed is asked anew: everything of some services, or everything. */
export async function refresh(services: string[] | "*", background = false): Promise<void> {
  isBackground = background;
  const concerned = queryClient.invalidateQueries({
    predicate: ({ queryKey }) => services === "*" || services.some((service) => String(queryKey[0]).startsWith(`${service}_`)),
  });
  isBackground = false; // Queries are begun before the first pause; those that come later are somebody's own.
  await concerned;
}

export interface Command<A> {
  run: (args: Record<string, unknown>) => Promise<A>;
  isRunning: Ref<boolean>;
  tries: Ref<number>;
  refusal: Ref<Refused | null>;
}

/** A command as a button sends it: a second press while it runs is the first; the same content keeps its key. */
export function useCommand<A = any>(id: MaybeRefOrGetter<string>): Command<A> {
  const client = useQueryClient();
  const isRunning = ref(false);
  const tries = ref(0);
  const refusal = ref<Refused | null>(null);
  let last = { content: "", key: "" };
  let current: Promise<A> | null = null;

  function keyOf(content: string): string {
    if (last.content !== content) last = { content, key: newKey() };
    return last.key;
  }

  async function carryOut(args: Record<string, unknown>): Promise<A> {
    const operation = toValue(id);
    const options: Options = { key: keyOf(`${operation} ${JSON.stringify(args)}`), onRetry: (times) => (tries.value = times) };
    isRunning.value = true;
    tries.value = 0;
    refusal.value = null;
    try {
      const answer = (await askAny(operation, args, options)) as A;
      last = { content: "", key: "" };
      void client.invalidateQueries();
      return answer;
    } catch (error) {
      refusal.value = asRefused(error);
      throw refusal.value;
    } finally {
      isRunning.value = false;
      current = null;
    }
  }

  function run(args: Record<string, unknown>): Promise<A> {
    current ??= carryOut(args);
    return current;
  }

  return { run, isRunning, tries, refusal };
}

/** All lines of a list that is known to be short: page after page. */
export async function all<O extends OperationId>(id: O, args: Args<O>, most = 2000): Promise<any[]> {
  const found: any[] = [];
  let cursor: string | null = null;
  do {
    const page: any = await askAny(id, { limit: 200, ...(args as object), ...(cursor ? { cursor } : {}) });
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && found.length < most);
  return found;
}

export function permissionOf(id: string): string {
  return OPERATIONS[id]!.x;
}
