// What a scheme settles (form WS02): where, when, why, with which table and by whom.  Two officers at least.

import type { Section } from "@/patterns/form/fields";

export function scheme(officers: Record<string, string> = {}): Section {
  return {
    title: "检查安排",
    note: "报批后开展检查，没有批准的方案不得入企",
    fields: [
      { name: "planned_on" },
      { name: "source" },
      { name: "source_reference", placeholder: "投诉、交办或计划的编号" },
      { name: "address", wide: 2 },
      { name: "contact_person" },
      { name: "check_table_id", pick: "checkTable" },
      { name: "officer_ids", as: "picks", pick: "officer", words: officers, hint: "不少于两人，证件须在有效期内" },
      { name: "methods" },
      { name: "reason", as: "long", hint: "年度计划以外的检查须写明事由" },
    ],
  };
}
