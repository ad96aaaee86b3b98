// What a field may point to, and how one looks for it: rows of data, one search box for all.

import { askAny } from "@/api/client";
import type { Row } from "@/api/types";

export interface Choice {
  value: string;
  label: string;
  note?: string;
}

interface Pick {
  operation: string;
  args?: (context: Record<string, unknown>) => object;
  search?: boolean; // the operation looks by q itself
  one?: string; // the operation that shows one by its id
  keep?: (row: Row) => boolean;
  of: (row: Row) => Choice;
}

const text = (value: unknown) => String(value ?? "");

export const PICKS = {
  enterprise: {
    operation: "enterprise_list_enterprises", search: true, one: "enterprise_show_enterprise/enterprise_id",
    of: (row) => ({ value: text(row.id), label: text(row.name), note: text(row.unified_credit_code) }),
  },
  department: {
    operation: "gateway_list_departments", search: true, args: () => ({ is_active: true }),
    of: (row) => ({ value: text(row.id), label: text(row.name) }),
  },
  knownEnterprise: {
    operation: "gateway_list_known_enterprises", search: true,
    of: (row) => ({ value: text(row.id), label: text(row.name) }),
  },
  unit: {
    operation: "enterprise_show_org_tree", args: ({ enterprise_id }) => ({ enterprise_id }),
    of: (row) => ({ value: text(row.id), label: text(row.name) }),
  },
  point: {
    operation: "risk_list_risk_points", search: true, args: ({ enterprise_id }) => (enterprise_id ? { enterprise_id } : {}),
    of: (row) => ({ value: text(row.id), label: text(row.name), note: text(row.number) }),
  },
  activePoint: {
    operation: "risk_list_risk_points", search: true, args: ({ enterprise_id }) => ({ is_selectable: true, ...(enterprise_id ? { enterprise_id } : {}) }),
    of: (row) => ({ value: text(row.id), label: text(row.name), note: text(row.unit_name) }),
  },
  riskList: {
    operation: "risk_list_risk_lists", search: true, one: "risk_get_risk_list/risk_list_id",
    of: (row) => ({ value: text(row.id), label: text(row.name), note: text(row.unit_name) }),
  },
  staff: {
    operation: "gateway_list_accounts", search: true, args: ({ enterprise_id }) => ({ enterprise_id, status: "active" }),
    of: (row) => ({ value: text(row.id), label: text(row.name), note: text(row.username) }),
  },
  role: { operation: "gateway_list_roles", search: true, keep: (row) => row.is_active === true, of: (row) => ({ value: text(row.code), label: text(row.name), note: text(row.remark) }) },
  criterion: {
    operation: "hazard_list_major_criteria", search: true, keep: (row) => row.may_be_chosen === true,
    of: (row) => ({ value: text(row.code), label: text(row.text), note: text(row.code) }),
  },
  checkTable: {
    operation: "enforcement_list_check_tables", search: true, args: () => ({ is_active: true }), one: "enforcement_show_check_table/check_table_id",
    of: (row) => ({ value: text(row.id), label: text(row.name), note: `第 ${text(row.edition)} 版` }),
  },
  checkItem: {
    operation: "enforcement_list_check_items", search: true, args: () => ({ is_active: true }),
    of: (row) => ({ value: text(row.code), label: text(row.item), note: text(row.category) }),
  },
  officer: {
    operation: "enforcement_list_officers", search: true, args: () => ({ is_valid: true }), keep: (row) => row.is_active === true,
    of: (row) => ({ value: text(row.id), label: text(row.name), note: text(row.certificate_number) }),
  },
  official: {
    operation: "gateway_list_accounts", search: true, args: () => ({ kind: "regulator", status: "active" }),
    of: (row) => ({ value: text(row.id), label: text(row.name), note: text(row.username) }),
  },
  enterpriseType: { operation: "enterprise_show_catalogue", args: () => ({ name: "enterprise_types" }), of: (row) => ({ value: text(row.code), label: text(row.name) }) },
  licenceType: { operation: "enterprise_show_catalogue", args: () => ({ name: "licence_types" }), of: (row) => ({ value: text(row.code), label: text(row.name) }) },
  division: {
    operation: "enterprise_show_catalogue", args: () => ({ name: "gbt4754_divisions" }),
    of: (row) => ({ value: text(row.division), label: `${text(row.division)} ${text(row.name)}` }),
  },
} satisfies Record<string, Pick>;

export type PickName = keyof typeof PICKS;

/** What is found by some letters; the API itself keeps to the caller's scope. */
export async function look(name: PickName, letters: string, context: Record<string, unknown>, signal?: AbortSignal): Promise<Choice[]> {
  const pick: Pick = PICKS[name];
  const args = { ...pick.args?.(context), ...(pick.search ? { limit: 30, ...(letters ? { q: letters } : {}) } : {}) };
  const found = (await askAny(pick.operation, args, { signal })) as { items: Row[] };
  const choices = found.items.filter(pick.keep ?? (() => true)).map(pick.of);
  return pick.search || !letters ? choices : choices.filter((one) => one.label.includes(letters));
}

/** Whether all there is to choose from comes at once. */
export function isWhole(name: PickName): boolean {
  return !(PICKS[name] as Pick).search;
}

/** The name of what a record points to already; nothing where it cannot be shown. */
export async function nameOf(name: PickName, id: string): Promise<Choice | null> {
  const pick: Pick = PICKS[name];
  if (!pick.one) return null;
  const [operation = "", field = "id"] = pick.one.split("/");
  return askAny(operation, { [field]: id }).then((row: Row) => pick.of(row)).catch(() => null);
}
