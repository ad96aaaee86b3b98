// The content of a hazard as a form asks for it (rules 7.2); what the API says of each field is not said again.

import type { FieldSpec, Model, Section } from "@/patterns/form/fields";
import { PLACE_ON_MAP } from "../gis/degrees";

const isOnSite = (model: Model) => model.hazard_class === "general_on_site";
const isLimited = (model: Model) => model.hazard_class !== "general_on_site";
const isMajor = (model: Model) => model.hazard_class === "major" || model.is_suspected_major === true;
const CLASSES = { general_limited: "一般，限期整改", general_on_site: "一般，现场消除", major: "重大隐患" };

function found(isAuthority: boolean): FieldSpec[] {
  const first: FieldSpec[] = isAuthority
    ? [{ name: "enterprise_id", pick: "enterprise", isRequired: true }, { name: "source", words: { expert: "专家检查", complaint: "投诉举报", superior: "上级检查" }, usual: "superior" }]
    : [{ name: "unit_id", pick: "unit", hint: "不选则为您所在的单元" }];
  return [
    ...first,
    { name: "point_id", pick: "point", hint: "在风险点上发现的，选出它" },
    { name: "place", placeholder: "例如：电炉车间 1# 炉二层平台" }, { name: "part", placeholder: "例如：护栏" }, { name: "found_at", hint: "不填则为现在" },
    { name: "description", wide: 3, placeholder: "看到了什么，哪里不符合要求" }, { name: "category" }, { name: "hazard_factor" }, { name: "possible_accident", placeholder: "例如：高处坠落" },
    ...PLACE_ON_MAP,
    { name: "photos", hint: "手机拍摄的现场照片，至少一张最好" },
  ];
}

const JUDGED: FieldSpec[] = [
  { name: "hazard_class", title: "治理方式", as: "buttons", words: CLASSES, usual: "general_limited" },
  { name: "is_suspected_major", title: "疑似重大隐患", hint: "疑似重大隐患，请安全管理人员认定", wide: 2, isShown: isLimited },
  { name: "criterion_code", pick: "criterion", wide: 3, isShown: isMajor, hint: "对照判定标准选出条款" },
  { name: "class_reason", isShown: isMajor },
];

const LIMITED: FieldSpec[] = [
  { name: "responsible_name", isShown: isLimited }, { name: "deadline_on", isShown: isLimited, hint: "不填则为 7 天" }, { name: "budget", isShown: isLimited },
  { name: "measure", isShown: isLimited, placeholder: "怎样整改" }, { name: "interim_measures", isShown: isLimited, placeholder: "整改完成前怎样防范" },
];

const ON_SITE: FieldSpec[] = [
  { name: "measure_taken", isShown: isOnSite, isRequired: (model) => isOnSite(model) && !(model.after_photos as unknown[] | undefined)?.length, placeholder: "当场怎样消除的" },
  { name: "removed_at", isShown: isOnSite, hint: "不填则为现在" }, { name: "cost", isShown: isOnSite }, { name: "after_photos", isShown: isOnSite },
];

export function sections(isAuthority: boolean): Section[] {
  return [
    { title: "发现情况", fields: found(isAuthority) },
    { title: "级别与治理", note: "级别不能确定时先选“限期整改”并勾选疑似重大", fields: [...JUDGED, ...LIMITED, ...ON_SITE] },
  ];
}
