// The basic information as forms ask for it, in the groups in which it is shown; which fields are required the API says.

import { computed } from "vue";
import type { Place } from "@/api/places";
import { useAsk } from "@/api/queries";
import { argsOf } from "@/api/words";
import type { FieldSpec, Section } from "@/patterns/form/fields";
import { BASIC } from "./basic";

const YES_NO = { true: "是", false: "否" };
const SET_UP = { true: "已设置", false: "未设置" };
const DEGREES = { as: "money" as const }; // A number with a point, as money is.
/** Where one works is told down to the county, or to the new area that stands in place of one. */
export const isCounty = (place: Place) => !["province", "prefecture"].includes(place.level);

const SPECIAL: Record<string, Partial<FieldSpec>> = {
  name: { placeholder: "与营业执照一致", wide: 2 },
  unified_credit_code: { placeholder: "18 位，见营业执照" },
  enterprise_type: { pick: "enterpriseType" },
  secondary_types: { as: "picks", pick: "enterpriseType", hint: "主要类型以外还从事的，可多选" },
  registered_region: { as: "region" },
  registered_address: { wide: 2, placeholder: "与营业执照一致" },
  region: { as: "region", places: isCounty, hint: "选到区县" },
  operating_address: { wide: 2, placeholder: "例如：花果园大街 8 号" },
  longitude: { ...DEGREES, placeholder: "例如：106.713478" },
  latitude: { ...DEGREES, placeholder: "例如：26.578343" },
  industry: { as: "industry" },
  gbt4754_code: { pick: "division" },
  employees: { unit: "人" },
  legal_representative_phone: { placeholder: "手机号，或带区号的座机号" },
  principal_phone: { placeholder: "手机号，或带区号的座机号" },
  safety_contact_phone: { placeholder: "手机号，或带区号的座机号" },
  has_safety_organisation: { as: "buttons", words: SET_UP },
  has_confined_space: { as: "buttons", words: YES_NO, wide: 1 },
  has_combustible_dust: { as: "buttons", words: YES_NO, wide: 1 },
  has_ammonia_refrigeration: { as: "buttons", words: YES_NO, wide: 1 },
  has_liability_insurance: { as: "buttons", words: YES_NO, wide: 1 },
  photos: { accept: ".jpg,.jpeg,.png", hint: "厂区大门、主要生产场所的照片" },
};

/** These fields as a form asks for them. */
export function fieldsNamed(names: string[], required: ReadonlySet<string>): FieldSpec[] {
  return names.map((name) => ({ name, ...SPECIAL[name], isRequired: required.has(name) }));
}

/** All fields that an operation takes, but those left out, by groups. */
export function sectionsFor(operation: string, required: ReadonlySet<string>, but: ReadonlySet<string> = new Set()): Section[] {
  const takes = argsOf(operation);
  const isAsked = (name: string) => name in takes && !but.has(name);
  const groups = BASIC.map(({ title, lines }) => ({ title, fields: fieldsNamed(lines.map((line) => line.name).filter(isAsked), required) }));
  const photos = { title: "照片", fields: fieldsNamed(["photos"].filter(isAsked), required) };
  return [...groups, photos].filter((section) => section.fields.length);
}

/** The codes and names of the required fields, once the API has told them. */
export function useRequired() {
  const form = useAsk("enterprise_show_registration_form", {}, { staleTime: Number.POSITIVE_INFINITY });
  const fields = computed(() => (form.data.value?.fields ?? []).filter((one) => one.is_required));
  return { form, fields, codes: computed(() => new Set(fields.value.map((one) => one.code))) };
}
