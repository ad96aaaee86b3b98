// Each thing that can be done with a risk list: whose it is to do, in which state, and what it asks for.

import type { Answer } from "@/api/types";
import type { FieldSpec, Model } from "@/patterns/form/fields";

export type RiskList = Answer<"risk_preview_risk_list">;

export interface ListAct {
  title: string;
  operation: string;
  right: string;
  isFor: (list: RiskList) => boolean;
  fixed?: (list: RiskList) => Model;
  tone?: "danger";
  note?: (list: RiskList) => string;
  fields?: (list: RiskList, units: Record<string, string>) => FieldSpec[];
}

const WRITE = "risk.lists.write";
const FILE = "risk.lists.file";
const has = (move: string) => (list: RiskList) => list.allowed.includes(move);
const isRefused = (model: Model) => String(model.is_passed) === "false";
const items = (list: RiskList) => list.lines.reduce((sum, line) => sum + line.items.length, 0);

export const EDIT = "change_risk_list";
export const ACTS: Record<string, ListAct> = {
  submit_risk_list: { title: "提交审核", operation: "risk_submit_risk_list", right: WRITE, isFor: has("submit"), note: () => "提交后由编制人以外的人审核，审核期间不能修改。", fields: () => [] },
  audit_risk_list: {
    title: "审核清单", operation: "risk_audit_risk_list", right: "risk.lists.audit", isFor: has("audit_pass"),
    fields: () => [{ name: "is_passed", as: "buttons", words: { true: "通过", false: "退回修改" }, title: "审核结论", isRequired: true }, { name: "opinion", hint: "退回时必填", isRequired: isRefused }],
  },
  file_risk_list: {
    title: "报备清单", operation: "risk_file_risk_list", right: FILE, isFor: has("file"),
    note: (list) => `报备后监管部门可以查看；次日起按清单为 ${list.lines.length} 个风险点、${items(list)} 项检查内容生成检查任务。${list.replaces_id ? "该单元现行的清单同时停用。" : ""}`, fields: () => [],
  },
  [EDIT]: { title: "修改清单", operation: "risk_change_risk_list", right: WRITE, isFor: has("submit") },
  revise: {
    title: "修订清单", operation: "risk_copy_risk_list", right: WRITE, isFor: (list) => list.status === "filed", fixed: (list) => ({ unit_id: list.unit_id }),
    note: () => "复制成一份新草稿供修改；新清单报备前，现行清单继续有效。", fields: () => [],
  },
  copy_risk_list: {
    title: "引用到其他单元", operation: "risk_copy_risk_list", right: WRITE, isFor: (list) => list.lines.length > 0,
    note: () => "为所选单元新建一份草稿；风险点按名称和类型换成该单元的同类风险点，没有的不带入。",
    fields: (list, units) => [{ name: "unit_id", as: "choice", words: Object.fromEntries(Object.entries(units).filter(([id]) => id !== list.unit_id)), wide: 3 }],
  },
  withdraw_risk_list: {
    title: "撤销清单", operation: "risk_withdraw_risk_list", right: FILE, isFor: has("withdraw"), tone: "danger",
    note: (list) => (list.status === "filed" ? "撤销后不再生成检查任务，尚未到期的任务取消，监管部门看到“已撤销”。" : "撤销后不能再修改和提交。"),
    fields: (list) => [{ name: "reason", isRequired: list.status === "filed" }],
  },
};

export const STAGES = [
  { name: "draft", title: "编制", at: "" },
  { name: "pending_audit", title: "待审核", at: "submitted_at" },
  { name: "approved", title: "已审核", at: "audited_at" },
  { name: "filed", title: "已报备", at: "filed_at" },
];
/** What was sent back is being written again. */
export const BESIDE: Record<string, string> = { rejected: "draft" };
export const ENDED = ["superseded", "withdrawn"];
