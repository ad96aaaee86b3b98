// Each thing that can be done with a hazard, as the dialog asks for it; what the API says of a field is not said again.

import type { FieldSpec, Model } from "@/patterns/form/fields";
import type { Row } from "@/api/types";

export interface Act {
  title: string;
  submit?: string;
  tone?: "danger";
  note?: string;
  fields?: FieldSpec[];
  start?: (row: Row) => Model;
}

const PASSED = { true: "合格", false: "不合格" };
const AGREED = { true: "同意", false: "不同意" };
const isNo = (name: string) => (model: Model) => String(model[name]) === "false";
const person: FieldSpec[] = [
  { name: "responsible_id", title: "整改责任人（选账号）", pick: "staff", names: "responsible_name", hint: "选了账号，只有本人可以提交整改" },
  { name: "responsible_name", title: "整改责任人姓名" },
  { name: "responsible_unit_id", pick: "unit" },
];
const assigned = (row: Row): Model => ({ responsible_id: row.responsible_id, responsible_name: row.responsible_name, responsible_unit_id: row.responsible_unit_id, measure: row.measure });

export const ACTS: Record<string, Act> = {
  submit_hazard: { title: "提交登记", note: "提交后由安全管理人员确认。", fields: [] },
  resubmit_hazard: { title: "重新提交", note: "请先按退回原因修改登记内容。", fields: [] },
  revise_hazard: { title: "修改登记" },
  confirm_hazard: {
    title: "确认隐患", start: (row) => ({ ...assigned(row), deadline_on: row.deadline_on, budget: row.budget, interim_measures: row.interim_measures }),
    fields: [...person, { name: "deadline_on", hint: "不填则为 7 天" }, { name: "measure" }, { name: "interim_measures" }, { name: "budget" }, { name: "class_reason", hint: "疑似重大隐患认定为一般隐患时必填" }, { name: "opinion" }],
  },
  return_hazard: { title: "退回登记", submit: "退回登记", tone: "danger" },
  assign_hazard: { title: "指派责任人", start: assigned, fields: [...person, { name: "measure" }] },
  submit_rectification: { title: "提交整改", submit: "提交整改，请求复查", fields: [{ name: "measure_taken" }, { name: "finished_at" }, { name: "cost" }, { name: "after_photos", isRequired: true }] },
  recheck_hazard: {
    title: "复查", submit: "提交复查结论",
    fields: [{ name: "is_passed", as: "buttons", words: PASSED, title: "复查结论", isRequired: true }, { name: "deadline_on", isShown: isNo("is_passed"), isRequired: isNo("is_passed") }, { name: "opinion" }, { name: "photos" }],
  },
  request_extension: { title: "申请延期" },
  decide_extension: {
    title: "审批延期", submit: "提交审批意见", fields: [{ name: "is_approved", as: "buttons", words: AGREED, title: "审批结论", isRequired: true }, { name: "opinion", isRequired: isNo("is_approved") }],
  },
  upgrade_hazard: { title: "认定为重大隐患", submit: "认定为重大隐患", fields: [{ name: "criterion_code", pick: "criterion", wide: 3 }, { name: "reason" }] },
  cancel_hazard: { title: "作废隐患", submit: "作废隐患", tone: "danger", note: "作废后不再办理，记录保留备查。" },
  comment_hazard: { title: "督促整改", submit: "发出督促意见" },
  propose_listing: { title: "提请挂牌督办", submit: "提请挂牌督办", note: "由所选层级的督办机关决定是否挂牌。", fields: [{ name: "level" }, { name: "reason" }, { name: "requirement" }] },
  report_major: {
    title: "上报重大隐患", start: (row) => ({ criterion_code: row.criterion_code, interim_measures: row.interim_measures, current_state: row.current_state, danger: row.danger }),
    fields: [{ name: "criterion_code", pick: "criterion", wide: 3 }, { name: "current_state" }, { name: "danger" }, { name: "interim_measures" }],
  },
  start_plan: { title: "组织编制方案", note: "开始编制治理方案，编制完成后提交审批。", fields: [] },
  submit_plan: { title: "提交治理方案", note: "责任、措施、资金、时限、预案五项都要落实。", start: (row) => ({ ...(row.plan as Model | null) }) },
  decide_plan: { title: "审批治理方案", submit: "提交审批意见", fields: [{ name: "is_approved", as: "buttons", words: AGREED, title: "审批结论", isRequired: true }, { name: "opinion", isRequired: isNo("is_approved") }] },
  report_progress: { title: "填报进展", start: (row) => ({ percent: row.progress }) },
  finish_governance: { title: "治理完成，申请评估", submit: "申请评估", fields: [{ name: "measure_taken" }, { name: "cost" }, { name: "after_photos", isRequired: true }] },
  assess_governance: { title: "评估治理效果", submit: "提交评估结论", fields: [{ name: "is_passed", as: "buttons", words: { true: "通过", false: "不通过" }, title: "评估结论", isRequired: true }, { name: "agency" }, { name: "report" }, { name: "attachments" }] },
  close_major: {
    title: "验收销号", submit: "提交验收结论",
    fields: [{ name: "is_accepted", as: "buttons", words: PASSED, title: "验收结论", isRequired: true }, { name: "deadline_on", isShown: isNo("is_accepted") }, { name: "opinion" }, { name: "attachments" }],
  },
  downgrade_hazard: { title: "降为一般隐患", submit: "降为一般隐患", tone: "danger" },
};
