// Lists inside an enterprise's file: each is one of the API's own, bound to the enterprise.

import type { TableSpec } from "@/patterns/table/spec";

type Of = (enterpriseId: string) => TableSpec;
const WAITS_FOR_OTHERS = ["closed", "closed_on_site", "cancelled", "downgraded", "pending_recheck", "assessing", "acceptance"];

export const LICENCES: Of = (enterprise_id) => ({
  operation: "enterprise_list_licences", title: "证照", fixed: { enterprise_id }, empty: "还没有登记证照",
  columns: [
    { name: "licence_name", second: "number" }, { name: "issuer", width: 200 }, { name: "valid_from", width: 110 }, { name: "valid_to", width: 110 },
    { name: "days_left", width: 90 }, { name: "status", as: "tag", width: 120 },
  ],
});

export const QUALIFICATIONS: Of = (enterprise_id) => ({
  operation: "enterprise_list_qualifications", title: "资质", fixed: { enterprise_id }, empty: "还没有录入资质",
  columns: [{ name: "qualification_class", second: "number" }, { name: "level", width: 96 }, { name: "details", title: "专业和等级" }, { name: "issuer", width: 200 }, { name: "issued_on", width: 110 }, { name: "valid_to", width: 110 }],
});

export const PERSONNEL: Of = (enterprise_id) => ({
  operation: "enterprise_list_personnel", title: "人员", unit: "人", fixed: { enterprise_id }, empty: "还没有登记人员",
  columns: [{ name: "name", second: "id_number", width: 190 }, { name: "sex", width: 64 }, { name: "phone", width: 130 }, { name: "post", width: 130 }, { name: "title", width: 120 }, { name: "certificates" }],
});

export const POINTS: Of = (enterprise_id) => ({
  operation: "risk_list_risk_points", title: "风险点", fixed: { enterprise_id }, empty: "还没有辨识风险点",
  columns: [
    { name: "name", second: "number" }, { name: "level", as: "level", width: 90 }, { name: "object_type", width: 100 }, { name: "unit_name", width: 150 }, { name: "place", width: 160 },
    { name: "control_tier", width: 110 }, { name: "responsible_person", width: 90 }, { name: "status", as: "tag", width: 96 },
  ],
});

export const LISTS: Of = (enterprise_id) => ({
  operation: "risk_list_risk_lists", title: "风险清单", fixed: { enterprise_id }, empty: "还没有编制风险清单",
  columns: [
    { name: "name" }, { name: "list_class", as: "tag", width: 110 }, { name: "unit_name", width: 160 }, { name: "line_count", width: 90 }, { name: "author_name", width: 90 },
    { name: "status", as: "tag", width: 100 }, { name: "filed_at", width: 120 },
  ],
});

export const HAZARDS: Of = (enterprise_id) => ({
  operation: "hazard_list_hazards", title: "隐患", fixed: { enterprise_id }, empty: "还没有登记隐患", link: (row) => `/hazards/${String(row.id)}`,
  columns: [
    { name: "description", second: "number" }, { name: "hazard_class", as: "tag", width: 160 }, { name: "found_at", width: 116 }, { name: "responsible_name", width: 100 },
    { name: "deadline_on", as: "due", width: 150, isSettled: (row) => WAITS_FOR_OTHERS.includes(String(row.status)) }, { name: "status", as: "tag", width: 120 },
  ],
});

export const INSPECTIONS: Of = (enterprise_id) => ({
  operation: "enforcement_list_inspections", title: "执法检查", fixed: { enterprise_id }, empty: "还没有执法检查",
  columns: [{ name: "planned_on" }, { name: "source", width: 140 }, { name: "recorded_at", width: 130 }, { name: "finding_count", width: 90 }, { name: "due_on", width: 120 }, { name: "status", as: "tag", width: 140 }],
});

export const HISTORY: Of = (enterprise_id) => ({
  operation: "enterprise_list_enterprise_history", title: "历程", fixed: { enterprise_id }, empty: "还没有记录",
  columns: [{ name: "event", width: 140 }, { name: "at", width: 130 }, { name: "by_name", width: 120 }, { name: "to_status", as: "tag", width: 110 }, { name: "reason" }],
});

export const CHANGES: Of = (enterprise_id) => ({
  operation: "enterprise_list_changes", title: "关键信息变更", fixed: { enterprise_id }, empty: "没有申请过变更",
  columns: [{ name: "lines", title: "变更项目" }, { name: "reason", width: 180 }, { name: "submitted_at", width: 120 }, { name: "status", as: "tag", width: 96 }, { name: "decided_by_name", width: 96 }, { name: "opinion", width: 200 }],
});
