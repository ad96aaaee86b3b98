// How much waits for me, by the name that a leaf of the menus gives; each is asked only by those who may.

import { computed } from "vue";
import { useAsk } from "@/api/queries";
import { useSession } from "@/api/session";
import { useTasks } from "./waiting";

export function useBadges() {
  const session = useSession();
  const messages = useAsk("notice_count_unread_messages", {}, { enabled: computed(() => session.may("notice.messages.read")) });
  const tasks = useAsk("hazard_list_hazard_tasks", {}, { enabled: computed(() => session.may("hazard.read")) });
  const reviews = useAsk("enterprise_list_reviews", { is_mine: true, limit: 100 }, { enabled: computed(() => session.may("enterprise.review")) });
  const changes = useAsk("enterprise_list_changes", { status: "pending", limit: 100 }, { enabled: computed(() => session.may("enterprise.review")) });
  const suspensions = useAsk("enterprise_list_suspensions", { status: "pending", limit: 100 }, { enabled: computed(() => session.may("enterprise.review_suspension")) });
  const notices = useAsk(
    "notice_list_received_notices", { status: "unread", limit: 100 }, { enabled: computed(() => session.may("notice.notices.read")) },
  );

  const others = useTasks(true); // The same questions as those below and of the inbox itself, asked once.
  const counts = computed<Record<string, number>>(() => ({
    messages: messages.data.value?.count ?? 0,
    tasks: (tasks.data.value?.items ?? []).filter((one) => one.task !== "overdue").reduce((sum, one) => sum + one.count, others.tasks.value.length),
    reviews: reviews.data.value?.items.length ?? 0,
    changes: (changes.data.value?.items ?? []).filter((one) => one.may_decide).length,
    suspensions: (suspensions.data.value?.items ?? []).filter((one) => one.may_decide).length,
    notices: notices.data.value?.items.length ?? 0,
  }));

  return { counts, urgent: computed(() => messages.data.value?.urgent ?? 0) };
}

export function shown(count: number): string {
  return count > 99 ? "99+" : String(count);
}
