// Everything that waits for somebody, from every service that has such: hazards by what is to be done, checks, reviews, listings, notices.

import { computed } from "vue";
import { useQueries } from "@tanstack/vue-query";
import { askAny } from "@/api/client";
import { useAsk } from "@/api/queries";
import { moment } from "@/api/format";
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
  counted?: string; // how the number of these is called that is told before them
  operation: string;
  args: object;
  keep?: (row: Row) => boolean; // of what the operation lists, what is mine to do
  of: (row: Row) => Omit<Task, "key">;
}

const text = (value: unknown) => String(value ?? "");
/** The day in China of a moment; a day is one already. */
const day = (value: unknown) => (!value ? null : text(value).length > 10 ? moment(value).slice(0, 10) : text(value));
const needsAnswer = (row: Row) => !!row.feedback_due_at;
const isMine = (row: Row) => row.may_decide === true;
const HAZARD_TASKS = wordsOf(argsOf("hazard_list_hazards").task);
// Overdue is no work of its own: what is overdue waits as what it is.
const hazards: Source[] = Object.entries(HAZARD_TASKS).filter(([task]) => task !== "overdue").map(([task, word]) => ({
  what: word, right: "hazard.read", counted: task, operation: "hazard_list_hazards", args: { task, limit: 100 },
  of: (row) => ({ kind: word, title: text(row.description), who: text(row.enterprise_name) || "—", region: text(row.region), at: text(row.registered_at ?? row.found_at), due: day(row.deadline_on), to: `/hazards/${text(row.id)}` }),
}));

/** A listing is decided at its own level: that of the county, the prefecture or the province. */
function isOfMyLevel(row: Row): boolean {
  const region = useSession().me?.region ?? "";
  return row.level === (region.endsWith("0000") ? "province" : region.endsWith("00") ? "prefecture" : "county");
}

const LISTINGS = { proposed: "挂牌待决定", extension_pending: "督办延期待批", lift_applied: "摘牌待决定" };
const listings: Source[] = Object.entries(LISTINGS).map(([status, kind]) => ({
  what: kind, right: "hazard.decide_listing", operation: "hazard_list_supervision_listings", args: { status, limit: 100 }, keep: isOfMyLevel,
  of: (row) => ({ kind, title: text(row.reason), who: text(row.enterprise_name) || "—", region: text(row.region), at: text(row.proposed_at), due: null, to: `/supervision-listings/${text(row.id)}` }),
}));
const replies: Source[] = ["read", "registered"].map((status) => ({
  what: "通知待反馈", right: "notice.receipts.handle", operation: "notice_list_received_notices", args: { status, limit: 100 }, keep: needsAnswer,
  of: (row) => ({ kind: "通知待反馈", title: text(row.title), who: text(row.department_name) || "—", region: "", at: text(row.received_at), due: day(row.feedback_due_at), to: `/notices/received/${text(row.id)}` }),
}));

const OTHERS: Source[] = [
  {
    what: "检查待完成", right: "risk.checks.write", operation: "risk_list_check_sheets", args: { is_mine: true, limit: 100 },
    of: (row) => ({ kind: "检查待完成", title: `检查“${text(row.point_name)}”`, who: text(row.unit_name) || "—", region: text(row.region), at: text(row.window_start), due: day(row.window_end), to: `/check-tasks/${text(row.id)}` }),
  },
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
  ...replies,
  {
    what: "通知待审核", right: "notice.notices.approve", operation: "notice_list_notices", args: { status: "pending", limit: 100 },
    of: (row) => ({ kind: "通知待审核", title: text(row.title), who: text(row.department_name) || "—", region: text(row.region), at: text(row.drafted_at), due: day(row.feedback_due_at), to: `/notices/${text(row.id)}` }),
  },
  ...listings,
  {
    what: "检查方案待批", right: "enforcement.inspections.approve", operation: "enforcement_list_inspections", args: { status: "scheme_pending", limit: 100 },
    of: (row) => ({ kind: "检查方案待批", title: "审批现场检查方案", who: text(row.enterprise_name) || "—", region: text(row.region), at: text(row.planned_on), due: day(row.planned_on), to: `/inspections/${text(row.id)}` }),
  },
];
const SOURCES = [...hazards, ...OTHERS];

/** Each thing that waits; ``isBrief`` leaves out hazards, whose number is told without their list. */
export function useTasks(isBrief = false) {
  const session = useSession();
  const own = (isBrief ? OTHERS : SOURCES).filter((one) => session.may(one.right));
  const numbers = useAsk("hazard_list_hazard_tasks", {}, { enabled: computed(() => own.some((one) => one.counted)) });
  const waiting = computed(() => new Map((numbers.data.value?.items ?? []).map((one) => [one.task as string, one.count])));
  const mine = computed(() => own.filter((one) => !one.counted || waiting.value.get(one.counted)));
  const answers = useQueries({
    queries: computed(() =>
      mine.value.map((source) => ({
        queryKey: [source.operation, source.args],
        queryFn: ({ signal }: { signal: AbortSignal }) => askAny(source.operation, source.args, { signal }),
      })),
    ),
  });

  const found = computed(() => mine.value.map((source, index) => ({ source, answer: answers.value[index] })).filter((one) => one.answer).map(({ source, answer }) => ({ source, items: ((answer!.data as { items: Row[] } | undefined)?.items ?? []).filter(source.keep ?? (() => true)) })));
  const tasks = computed<Task[]>(() =>
    found.value
      .flatMap(({ source, items }) => items.map((row) => ({ key: `${source.what}.${text(row.id)}`, ...source.of(row) })))
      .sort((one, other) => (one.due ?? "9").localeCompare(other.due ?? "9") || other.at.localeCompare(one.at)),
  );
  const kinds = computed(() => {
    const counts = new Map<string, number>();
    for (const { source, items } of found.value) {
      const number = source.counted ? (waiting.value.get(source.counted) ?? 0) : items.length; // Of many the list holds the first hundred.
      if (number) counts.set(source.what, (counts.get(source.what) ?? 0) + number);
    }
    return [...counts].map(([kind, count]) => ({ kind, count }));
  });
  const refusals = computed<{ what: string; refusal: Refused }[]>(() => [
    ...(numbers.error.value ? [{ what: "隐患待办", refusal: numbers.error.value }] : []),
    ...answers.value.flatMap((answer, index) => (answer.error ? [{ what: mine.value[index]!.what, refusal: asRefused(answer.error) }] : [])),
  ]);
  const isPending = computed(() => (numbers.isPending.value && numbers.isFetching.value) || answers.value.some((answer) => answer.isPending));

  function refetch(): void {
    void numbers.refetch();
    for (const answer of answers.value) void answer.refetch();
  }

  return { tasks, kinds, refusals, isPending, refetch };
}
