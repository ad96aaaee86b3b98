// What can be done with an enterprise as a whole from its file: by its own people, and by the authority.

import type { Row } from "@/api/types";
import type { FieldSpec } from "@/patterns/form/fields";

export interface FileAct {
  title: string;
  right: string;
  to?: string; // a page of its own, or
  operation?: string; // a dialog over this one
  tone?: "danger";
  note?: string;
  fields?: (row: Row) => FieldSpec[];
  isFor: (row: Row) => boolean;
}

const LAST = 4;
const isOneOf = (...statuses: string[]) => (row: Row) => statuses.includes(String(row.status));

/** Hard to undo: the last digits of the number are typed, so that nobody does it in passing. */
function certain(row: Row): FieldSpec[] {
  const number = String(row.unified_credit_code ?? "").slice(-LAST);
  const sure: FieldSpec = { name: "last_digits", title: `信用代码后 ${LAST} 位`, isUnsent: true, isRequired: true, hint: "输入以确认是这家企业", fault: (value) => (value === number ? "" : "与这家企业的信用代码不一致") };
  return number ? [sure] : [];
}

const NOTHING_OPEN: FieldSpec = { name: "has_no_open_matters", as: "flag", isRequired: true, wide: 3, hint: "已核实没有在办案件和未销号的重大隐患" };

export const OWN_ACTS: FileAct[] = [
  { title: "修改企业资料", right: "enterprise.edit", to: "/enterprise/edit", isFor: isOneOf("active", "suspended") },
  { title: "申请变更关键信息", right: "enterprise.edit", to: "/enterprise/changes/new", isFor: isOneOf("active", "suspended") },
  { title: "申请停工", right: "enterprise.request_suspension", to: "/suspensions/new", isFor: isOneOf("active") },
  { title: "申请复工", right: "enterprise.request_suspension", to: "/suspensions/new", isFor: isOneOf("suspended") },
];

export const AUTHORITY_ACTS: FileAct[] = [
  {
    title: "删除企业", right: "enterprise.remove", operation: "enterprise_delete_enterprise", tone: "danger", isFor: isOneOf("active", "suspended", "rejected", "pending"),
    note: "删除后该企业不能登录，从当日起不计入统计，此前的记录保留。已通过审核的企业 180 天内可以恢复。", fields: (row) => [NOTHING_OPEN, { name: "reason", wide: 3 }, ...certain(row)],
  },
  {
    title: "注销企业", right: "enterprise.close", operation: "enterprise_close_enterprise", tone: "danger", isFor: isOneOf("active", "suspended"),
    note: "注销后该企业不能登录，也不能恢复。", fields: (row) => [NOTHING_OPEN, { name: "reason", wide: 3 }, { name: "attachments" }, ...certain(row)],
  },
];
