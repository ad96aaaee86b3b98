// The fields of a scheme (现场检查方案, form WS02), as drafting and revising ask for them.

import { argsOf, wordsOf } from "@/api/words";
import type { FieldSpec, Section } from "@/patterns/form/fields";

const METHODS = wordsOf(argsOf("enforcement_draft_inspection").methods);

export const REST: FieldSpec[] = [
  { name: "planned_on" },
  { name: "source" },
  { name: "source_reference", placeholder: "投诉、交办或计划的编号" },
  { name: "address", wide: 2 },
  { name: "contact_person" },
  { name: "check_table_id", pick: "checkTable" },
  { name: "officer_ids", as: "picks", pick: "officer", hint: "不少于两人，证件须在有效期内" },
  { name: "methods", as: "checks", words: METHODS },
  { name: "reason", as: "long", hint: "年度计划以外的检查须写明事由" },
];

export const SCHEME: Section[] = [
  { title: "检查对象", fields: [{ name: "enterprise_id", pick: "enterprise", wide: 2 }] },
  { title: "检查安排", note: "报批后开展检查，没有批准的方案不得入企", fields: REST },
];
