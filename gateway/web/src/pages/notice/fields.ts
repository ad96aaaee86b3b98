// A notice as a form asks for it: what is said, and who is to receive it.

import type { Model, Section } from "@/patterns/form/fields";

const isSupervision = (model: Model) => model.kind === "supervision";

export const SECTIONS: Section[] = [
  {
    title: "通知内容",
    fields: [
      { name: "kind", as: "buttons", usual: "notice", wide: 1 }, { name: "title", wide: 2, placeholder: "例如：关于开展岁末年初安全检查的通知" },
      { name: "body", as: "long", placeholder: "写明要做什么、做到什么程度、什么时候完成", isRequired: true },
      { name: "feedback_due_at", isRequired: isSupervision, hint: "督办通知须写明反馈截止时间" }, { name: "expires_on", hint: "不填则长期有效" }, { name: "needs_handling", hint: "接收单位须登记办理人和拟办意见" },
      { name: "is_public", wide: 2, hint: "对外公开：任何人都能在登录页看到标题和正文，附件不公开" },
      { name: "attachments" },
    ],
  },
  {
    title: "接收范围", note: "部门、指定企业，或按地区、行业、分级圈定的企业；至少选一项",
    fields: [
      { name: "receivers.department_ids", as: "picks", pick: "department", wide: 3 }, { name: "receivers.enterprise_ids", as: "picks", pick: "enterprise", wide: 3 },
      { name: "receivers.regions", as: "regions", wide: 1 }, { name: "receivers.industries", as: "industries", wide: 1 }, { name: "receivers.grades", wide: 1 }, { name: "receivers.includes_suspended" },
    ],
  },
];

export function startOf(notice: Record<string, unknown>): Model {
  const names = ["kind", "title", "body", "feedback_due_at", "expires_on", "needs_handling", "is_public", "attachments", "receivers"];
  return Object.fromEntries(names.filter((name) => notice[name] !== null && notice[name] !== undefined).map((name) => [name, notice[name]]));
}
