// What is to be done before somebody signs out: decisions that still wait to be taken back are sent.

const waiting = new Set<() => Promise<void>>();

export function beforeLeaving(send: () => Promise<void>): () => void {
  waiting.add(send);
  return () => waiting.delete(send);
}

export async function settleAll(): Promise<void> {
  await Promise.allSettled([...waiting].map((send) => send()));
}
