// The steps of a registration: which fields each asks for, and what is still missing in it.

import type { Row } from "@/api/types";
import { isEmpty, type FieldSpec } from "@/patterns/form/fields";
import { fieldsNamed, sectionsFor } from "../../enterprise/basic-fields";

export type StepName = "registrant" | "type" | "place" | "basic" | "qualifications" | "personnel" | "confirm";

export interface Step {
  name: StepName;
  title: string;
  note: string;
  sections: { title: string; fields: FieldSpec[] }[];
}

export interface Missing {
  code: string;
  label: string;
  step: StepName;
}

const OPERATION = "enterprise_edit_registration";
const TYPE = ["name", "unified_credit_code", "enterprise_type", "secondary_types"];
const PLACE = ["region", "operating_address", "registered_region", "registered_address", "industry"];
const CONSTRUCTION = "JZ"; // 建筑施工: its enterprises hold qualification certificates.
// Who applies is asked for by us alone, so that the authority can reach him.
const REGISTRANT: FieldSpec[] = [
  { name: "registrant_name", isRequired: true }, { name: "registrant_mobile", isRequired: true, hint: "审核中有问题时联系此号码", fault: (value) => (/^1\d{10}$/.test(String(value)) ? "" : "应为 11 位手机号") }, { name: "registrant_email" },
];

function beginning(required: ReadonlySet<string>): Step[] {
  const ground: FieldSpec = { name: "review_ground", hint: "多数企业选“一般企业”；它决定由哪一级机关审核", usual: "ordinary" };
  return [
    { name: "registrant", title: "登记人", note: "由谁申报，审核机关怎样联系", sections: [{ title: "登记人", fields: REGISTRANT }] },
    { name: "type", title: "企业类型", note: "名称和信用代码不能与已注册的企业相同", sections: [{ title: "企业和类型", fields: fieldsNamed(TYPE, required) }] },
    { name: "place", title: "地区与受理机关", note: "在哪里生产经营，由哪个机关受理", sections: [{ title: "地区和行业", fields: [...fieldsNamed(PLACE, required), ground] }] },
  ];
}

/** The steps in their order; the certificates are asked for where the type has such. */
export function stepsFor(required: ReadonlySet<string>, hasQualifications: boolean): Step[] {
  const basic: Step = { name: "basic", title: "基本信息", note: "没有的项目可以不填，带 ※ 的提交前要填", sections: sectionsFor(OPERATION, required, new Set([...TYPE, ...PLACE])) };
  const more: Step = { name: "qualifications", title: "企业资质", note: "逐个录入资质证书和明细，上传扫描件", sections: [] };
  const people: Step = { name: "personnel", title: "人员", note: "逐人登记，没有的可以以后再补", sections: [] };
  const last: Step = { name: "confirm", title: "确认提交", note: "核对后提交给受理机关", sections: [] };
  return [...beginning(required), basic, ...(hasQualifications ? [more] : []), people, last];
}

export function fieldsOfSteps(steps: Step[]): FieldSpec[] {
  return steps.flatMap((step) => step.sections.flatMap((section) => section.fields));
}

export function stepOf(steps: Step[], code: string): StepName {
  return steps.find((step) => fieldsOfSteps([step]).some((field) => field.name === code))?.name ?? "basic";
}

/** What has to be filled in before it can be handed in, by steps. */
export function missingIn(steps: Step[], model: Row, titleOf: (code: string) => string): Missing[] {
  const empty = (field: FieldSpec) => field.isRequired === true && isEmpty(model[field.name]);
  return steps.flatMap((step) => fieldsOfSteps([step]).filter(empty).map((field) => ({ code: field.name, label: titleOf(field.name), step: step.name })));
}

/** Whether one of these types is of construction, by the industries that the catalogue gives it. */
export function holdsQualifications(types: Row[], codes: unknown[]): boolean {
  return types.some((type) => codes.includes(type.code) && String(type.industry_codes ?? "").split(";").some((one) => one.startsWith(CONSTRUCTION)));
}
