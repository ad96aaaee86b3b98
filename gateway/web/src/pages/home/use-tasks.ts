// Everything that waits for somebody, from every service that has such: hazards by what is to be done, reviews, notices, checks.

import { computed } from "vue";
import { useQueries } from "@tanstack/vue-query";
import { askAny } from "@/api/client";
import { asRefused, type Refused } from "@/api/refused";
import { useSession } from "@/api/session";
import type { Row } from "@/api/types";
import { argsOf, wordsOf } from "@/api/words";

export interface Task {
  key: string;
  kind: string;
  title: string;
  who: string;
  region: string;
  at: string;
  due: string | null;
  to: string;
}

interface Source {
  what: string;
  right: string;
  operation: string;
  args: object;
  keep?: (row: Row) => boolean; // of what the operation lists, what is mine to do
  of: (row: Row) => Omit<Task, "key">;
}

const text = (value: unknown) => String(value ?? "");
const day = (value: unknown) => (value ? text(value).slice(0, 10) : null);
const isMine = (row: Row) => row.may_decide === true;
const HAZARD_TASKS = wordsOf(argsOf("hazard_list_hazards").task);
// Overdue is no work of its own: what is overdue waits as what it is.
const hazards: Source[] = Object.entries(HAZARD_TASKS).filter(([task]) => task !== "overdue").map(([task, word]) => ({
  what: word, right: "hazard.read", operation: "hazard_list_hazards", args: { task, limit: 100 },
  of: (row) => ({ kind: word, title: text(row.description), who: text(row.enterprise_name) || "—", region: text(row.region), at: text(row.registered_at ?? row.found_at), due: day(row.deadline_on), to: `/hazards/${text(row.id)}` }),
}));

const SOURCES: Source[] = [
  ...hazards,
  {
    what: "企业待审核", right: "enterprise.review", operation: "enterprise_list_reviews", args: { is_mine: true, limit: 100 },
    of: (row) => ({ kind: "企业待审核", title: `审核第 ${text(row.round)} 轮注册申报`, who: text(row.name), region: text(row.region), at: text(row.submitted_at), due: day(row.review_due_on), to: `/enterprises/reviews?id=${text(row.id)}` }),
  },
  {
    what: "清单待审核", right: "risk.lists.audit", operation: "risk_list_risk_lists", args: { status: "pending_audit", limit: 100 },
    of: (row) => ({ kind: "清单待审核", title: `审核“${text(row.name)}”`, who: text(row.enterprise_name) || "—", region: text(row.region), at: text(row.submitted_at), due: null, to: `/risk-lists/${text(row.id)}` }),
  },
  {
    what: "清单待报备", right: "risk.lists.file", operation: "risk_list_risk_lists", args: { status: "approved", limit: 100 },
    of: (row) => ({ kind: "清单待报备", title: `报备“${text(row.name)}”`, who: text(row.enterprise_name) || "—", region: text(row.region), at: text(row.audited_at), due: null, to: `/risk-lists/${text(row.id)}` }),
  },
  {
    what: "信息变更待审核", right: "enterprise.review", operation: "enterprise_list_changes", args: { status: "pending", limit: 100 }, keep: isMine,
    of: (row) => ({ kind: "信息变更待审核", title: `变更${(row.lines as Row[]).map((one) => text(one.label)).join("、")}`, who: text(row.enterprise_name), region: text(row.region), at: text(row.submitted_at), due: day(row.review_due_on), to: `/enterprises/changes?id=${text(row.id)}` }),
  },
  {
    what: "停工复工待审核", right: "enterprise.review_suspension", operation: "enterprise_list_suspensions", args: { status: "pending", limit: 100 }, keep: isMine,
    of: (row) => ({ kind: "停工复工待审核", title: row.kind === "stop" ? "申请停工停产" : "申请复工复产", who: text(row.enterprise_name), region: text(row.region), at: text(row.submitted_at), due: day(row.review_due_on), to: `/suspensions/reviews?id=${text(row.id)}` }),
  },
  {
    what: "通知待签收", right: "notice.receipts.handle", operation: "notice_list_received_notices", args: { status: "unread", limit: 100 },
    of: (row) => ({ kind: "通知待签收", title: text(row.title), who: text(row.department_name) || "—", region: "", at: text(row.received_at), due: day(row.feedback_due_at), to: `/notices/received/${text(row.id)}` }),
  },
];

export function useTasks() {
  const session = useSession();
  const mine = SOURCES.filter((one) => session.may(one.right));
  const answers = useQueries({
    queries: mine.map((source) => ({
      queryKey: [source.operation, source.args],
      queryFn: ({ signal }: { signal: AbortSignal }) => askAny(source.operation, source.args, { signal }),
    })),
  });

  const found = computed(() => answers.value.map((answer, index) => ({ source: mine[index]!, items: ((answer.data as { items: Row[] } | undefined)?.items ?? []).filter(mine[index]!.keep ?? (() => true)), isMore: !!(answer.data as { next_cursor?: string } | undefined)?.next_cursor })));
  const tasks = computed<Task[]>(() =>
    found.value
      .flatMap(({ source, items }) => items.map((row) => ({ key: `${source.what}.${text(row.id)}`, ...source.of(row) })))
      .sort((one, other) => (one.due ?? "9").localeCompare(other.due ?? "9") || other.at.localeCompare(one.at)),
  );
  const kinds = computed(() => found.value.filter(({ items }) => items.length).map(({ source, items }) => ({ kind: source.what, count: items.length })));
  const refusals = computed<{ what: string; refusal: Refused }[]>(() => answers.value.flatMap((answer, index) => (answer.error ? [{ what: mine[index]!.what, refusal: asRefused(answer.error) }] : [])));
  const isPending = computed(() => answers.value.some((answer) => answer.isPending));

  return { tasks, kinds, refusals, isPending, refetch: () => answers.value.forEach((answer) => void answer.refetch()) };
}
