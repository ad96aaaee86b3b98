// A request to stop or to resume as the form asks for it (rules 8.4), and as it is shown.

import type { FieldSpec, Model, Section } from "@/patterns/form/fields";
import type { Line } from "@/patterns/detail/facts-list.vue";

const isStop = (model: Model) => model.kind === "stop";
const isResumption = (model: Model) => model.kind === "resume";
const isOrderly = (value: unknown, model: Model) => (String(value) < String(model.from_on ?? "") ? "预计截止日期不能早于起始日期" : "");

const ABOUT: FieldSpec[] = [
  { name: "kind", as: "buttons", wide: 3, words: { stop: "停工停产", resume: "复工复产" } },
  { name: "stop_kind", isShown: isStop, isRequired: isStop },
  { name: "from_on", hint: "停产从这一天起；复工从这一天恢复检查任务", isRequired: true },
  { name: "expected_to_on", isShown: isStop, isRequired: isStop, fault: isOrderly },
  { name: "reason", isRequired: isStop, placeholder: "为什么停，或者具备了什么复工条件" },
];
const DURING: FieldSpec[] = [
  { name: "duty_arrangement", isShown: isStop, isRequired: isStop, placeholder: "停产期间谁值班、怎样巡查、怎样联系" },
  { name: "are_dangers_sealed", isShown: isStop, isRequired: isStop, wide: 3, hint: "危险源已封存，并有专人看护" },
  { name: "self_check_report", isShown: isResumption, isRequired: isResumption, hint: "矿山、烟花爆竹企业和责令停产的企业，还须经现场验收" },
];

export const SECTIONS: Section[] = [
  { title: "停工或复工", fields: ABOUT },
  { title: "安全措施", fields: DURING },
  { title: "附件", fields: [{ name: "attachments" }] },
];

export const FIELDS = SECTIONS.flatMap((section) => section.fields.map((field) => field.name));

const lines = (names: string): Line[] => names.split(" ").map((name) => ({ name }));

/** What is told of a request, by its kind. */
export function linesOf(kind: unknown): Line[] {
  return kind === "stop" ? lines("kind stop_kind from_on expected_to_on are_dangers_sealed reason duty_arrangement") : lines("kind from_on reason");
}
