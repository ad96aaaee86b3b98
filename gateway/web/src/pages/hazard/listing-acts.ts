// Each thing that can be done with a listing for supervision, as the dialog asks for it.

import type { Act } from "./acts";

const isYes = (name: string) => (model: Record<string, unknown>) => String(model[name]) === "true";
const isNo = (name: string) => (model: Record<string, unknown>) => String(model[name]) === "false";

export const LISTING_ACTS: Record<string, Act> = {
  decide_listing: {
    title: "决定是否挂牌", submit: "提交决定", note: "挂牌后编文号，企业即时收到督办要求。",
    start: (row) => ({ title: row.title, requirement: row.requirement }),
    fields: [
      { name: "is_listed", as: "buttons", words: { true: "挂牌督办", false: "不予挂牌" }, title: "决定", isRequired: true, wide: 3 },
      { name: "title", isShown: isYes("is_listed"), wide: 3 },
      { name: "duty_unit", isShown: isYes("is_listed"), isRequired: isYes("is_listed") },
      { name: "duty_person", isShown: isYes("is_listed"), isRequired: isYes("is_listed") },
      { name: "deadline_on", isShown: isYes("is_listed"), isRequired: isYes("is_listed") },
      { name: "requirement", isShown: isYes("is_listed"), isRequired: isYes("is_listed") },
      { name: "opinion", isRequired: isNo("is_listed") },
    ],
  },
  decide_listing_extension: {
    title: "审批延长督办期限", submit: "提交审批意见",
    fields: [{ name: "is_approved", as: "buttons", words: { true: "同意", false: "不同意" }, title: "审批结论", isRequired: true }, { name: "opinion", isRequired: isNo("is_approved") }],
  },
  decide_lifting: {
    title: "决定摘牌", submit: "提交决定", note: "摘牌以现场验收合格为准。",
    fields: [
      { name: "is_lifted", as: "buttons", words: { true: "摘牌", false: "退回申请" }, title: "决定", isRequired: true },
      { name: "accepted_on", isShown: isYes("is_lifted"), isRequired: isYes("is_lifted") },
      { name: "opinion" }, { name: "attachments" },
    ],
  },
  log_supervision: { title: "记录督办情况", note: "督办期间至少每 15 天记录一次。" },
  apply_lifting: { title: "申请摘牌" },
  request_listing_extension: { title: "申请延长督办期限" },
};
