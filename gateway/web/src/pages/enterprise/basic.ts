// The basic information of an enterprise by groups, as its file and its review show it.

import type { Line } from "@/patterns/detail/facts-list.vue";

function lines(names: string, regions: string[] = []): Line[] {
  return names.split(" ").map((name) => ({ name, ...(regions.includes(name) ? { as: "region" as const } : name === "industry" ? { as: "industry" as const } : {}) }));
}

export const BASIC: { title: string; lines: Line[] }[] = [
  {
    title: "主体信息",
    lines: lines("name unified_credit_code enterprise_type secondary_types industry gbt4754_code economic_type scale employees founded_on business_state grade superior_enterprise subordinate_enterprises"),
  },
  { title: "地址", lines: lines("registered_region registered_address region operating_address longitude latitude", ["registered_region", "region"]) },
  {
    title: "负责人与安全管理",
    lines: lines(
      "legal_representative legal_representative_phone principal principal_phone safety_director safety_contact safety_contact_phone has_safety_organisation full_time_safety_staff part_time_safety_staff registered_safety_engineers special_operators",
    ),
  },
  {
    title: "生产经营",
    lines: lines(
      "main_business main_products raw_materials annual_output fixed_assets last_year_sales standardisation_level major_hazard_installation_level has_confined_space has_combustible_dust has_ammonia_refrigeration has_liability_insurance remark",
    ),
  },
];
