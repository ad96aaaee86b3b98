// What can be done with a notice, by its state and one's rights; the server refuses the rest.

import type { FieldSpec } from "@/patterns/form/fields";

export interface NoticeAct {
  title: string;
  right: string;
  states: string[];
  submit?: string;
  tone?: "danger";
  note?: string;
  fields?: FieldSpec[];
}

export const ACTS: Record<string, NoticeAct> = {
  submit_notice: { title: "提交审核", submit: "提交审核", right: "notice.notices.write", states: ["draft"], note: "提交后由审核人核对，通过即向接收范围内的单位下发。", fields: [] },
  publish_notice: { title: "直接发布", right: "notice.notices.publish", states: ["draft"], submit: "发布并下发", note: "发布后立即向接收范围内的单位下发。", fields: [] },
  review_notice: { title: "审核通知", right: "notice.notices.approve", states: ["pending"], submit: "提交审核结论", fields: [{ name: "decision", as: "buttons" }, { name: "opinion", hint: "退回修改时必填", isRequired: (model) => model.decision === "return" }] },
  edit_notice: { title: "修改通知", right: "notice.notices.write", states: ["draft"] },
  withdraw_notice: { title: "撤回通知", right: "notice.notices.write", states: ["published"], tone: "danger", submit: "撤回通知", note: "撤回后接收单位仍可见撤回原因。" },
};
