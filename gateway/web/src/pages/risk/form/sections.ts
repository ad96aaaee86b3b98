// What a form about a point asks for, and from what it lets one choose.

import { computed } from "vue";
import { useAsk } from "@/api/queries";
import type { FieldSpec, Section } from "@/patterns/form/fields";
import { PLACE_ON_MAP } from "../../gis/degrees";
import { useUnits } from "../units";
import { emptyFactor, isWhole, sentFactors, sentItems, type CheckItem, type Factor } from "./content";
import { NOTHING_CHOSEN, sent, unchosen, type Assessing, type Methods } from "./grade";

const FOR_EVER = { staleTime: Number.POSITIVE_INFINITY };
const ACCIDENTS: Record<string, string> = { 1986: "accident_types", 2025: "accident_types_2025" };

/** The lists that are chosen from; the page waits for all of them. */
export function usePointLists(standard: () => string = () => "2025") {
  const methods = useAsk("risk_show_assessment_methods", {}, FOR_EVER);
  const categories = useAsk("risk_list_risk_categories", {});
  const accidents = useAsk("risk_show_risk_catalogue", computed(() => ({ name: ACCIDENTS[standard()] as "accident_types" })), FOR_EVER);
  const { tree, words: units, tierOf } = useUnits();
  const asked = [methods, categories, accidents, tree];
  const refusal = computed(() => asked.find((one) => one.error.value)?.error.value ?? null);
  const isReady = computed(() => asked.every((one) => one.data.value !== undefined));
  const named = (rows: { id: string; name: string }[]) => Object.fromEntries(rows.map((one) => [one.id, one.name]));

  const basics = computed<FieldSpec[]>(() => [
    { name: "name", title: "风险点名称", placeholder: "例如：2# 冲压机" }, { name: "object_type", usual: "equipment" }, { name: "unit_id", as: "choice", words: units.value },
    { name: "place", placeholder: "例如：车间东侧 2 号位" }, { name: "category_id", as: "choice", words: named(categories.data.value?.items ?? []) }, { name: "responsible_person" }, { name: "responsible_phone", placeholder: "手机号或带区号的座机号" },
    { name: "accident_types", as: "choices", wide: 2, words: Object.fromEntries(((accidents.data.value?.items ?? []) as unknown as { code: string; name: string }[]).map((one) => [one.code, one.name])) },
    { name: "is_infrequent" }, { name: "is_proof_demanded" },
    ...PLACE_ON_MAP,
    { name: "photo_ids", accept: ".jpg,.jpeg,.png" },
  ]);

  return { methods, basics, tierOf, isReady, refusal, again: () => asked.forEach((one) => void one.refetch()) };
}

export function assessmentSection(methods: Methods, start: Assessing = NOTHING_CHOSEN, isNested = true): Section {
  const fault = (value: unknown) => {
    const missing = unchosen(methods, value as Assessing);
    return missing.length ? `请选择${missing.join("、")}` : "";
  };
  return { title: "风险评价", fields: [{ name: "assessment", title: "风险评价", as: "own", usual: start, fault, isUnsent: !isNested, send: (value) => sent(methods, value as Assessing) }] };
}

function faultOfFactors(value: unknown): string {
  const factors = value as Factor[];
  if (!factors.length) return "请至少填写一个危害因素";
  const wrong = factors.findIndex((one) => !isWhole(one));
  return wrong < 0 ? "" : `请填写第 ${wrong + 1} 个危害因素的代码和描述`;
}

export const FACTORS: Section = {
  title: "危害因素与控制措施", note: "重大、较大风险须五类齐全；每个危害因素至少对应一条",
  fields: [{ name: "factors", title: "危害因素", as: "own", usual: [emptyFactor()], isRequired: false, fault: faultOfFactors, send: (value) => sentFactors(value as Factor[]) }],
};
export const CHECK_ITEMS: Section = {
  title: "检查内容", note: "没有检查内容不能发布",
  fields: [{ name: "check_items", title: "检查内容", as: "own", usual: [{ item: "", standard: null }], send: (value) => sentItems(value as CheckItem[]) }],
};
