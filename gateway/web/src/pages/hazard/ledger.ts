// The ledger of hazards and the narrower lists cut from it: which columns, which filters, what is settled beforehand.

import type { Column, TableSpec } from "@/patterns/table/spec";
import { isSettled } from "./words";

const COLUMNS: Column[] = [
  { name: "description", title: "隐患描述 / 编号", second: "number" },
  { name: "enterprise_name", width: 180 },
  { name: "region", as: "region", width: 112 },
  { name: "hazard_class", title: "类别", as: "tag", width: 96 },
  { name: "criterion_code", title: "判定条款", width: 100 },
  { name: "point_name", width: 140 },
  { name: "source", as: "tag", width: 92 },
  { name: "found_by_name", width: 80 },
  { name: "found_at", width: 104, sort: "-id" },
  { name: "major_since", title: "已开（天）", width: 92 },
  { name: "plan", title: "五落实", width: 76 },
  { name: "progress", title: "进展（%）", width: 88 },
  { name: "is_report_late", title: "上报超时", width: 84 },
  { name: "responsible_name", title: "责任人", width: 80 },
  { name: "deadline_on", as: "due", width: 146, sort: "deadline_on", isSettled },
  { name: "days_overdue", title: "超期（天）", width: 92 },
  { name: "attempts", title: "复查不合格", width: 100 },
  { name: "listed", title: "挂牌督办", width: 84 },
  { name: "status", as: "tag", width: 108 },
  { name: "place", width: 160 },
  { name: "unit_name", width: 140 },
  { name: "category", width: 130 },
  { name: "closed_at", width: 110 },
];

type Filters = NonNullable<TableSpec["filters"]>;
const FILTERS: Filters = [
  { name: "q", title: "关键字", placeholder: "描述、地点或编号" },
  { name: "hazard_class", title: "类别" },
  { name: "status" },
  { name: "source" },
  { name: "is_overdue" },
  { name: "is_listed" },
  { name: "is_open" },
  { name: "is_major" },
  { name: "enterprise_id", as: "pick", pick: "enterprise" },
  { name: "industry", as: "industry", title: "行业" },
  { name: "category", title: "隐患成因" },
  { name: "found_from", title: "发现日期", until: "found_to" },
  { name: "deadline_from", title: "整改期限", until: "deadline_to" },
  { name: "task" },
];

interface Cut extends Pick<TableSpec, "title" | "empty" | "fixed" | "sort"> {
  shown: string; // columns, in this order
  asked?: string; // shown only on demand
  filters: string; // in the first row
  more?: string; // in the second
}

const named = <T extends { name: string }>(all: T[], names = ""): T[] => names.split(" ").filter(Boolean).map((name) => all.find((one) => one.name === name)!);

export function hazardList({ shown, asked, filters, more, ...rest }: Cut): TableSpec {
  return {
    operation: "hazard_list_hazards",
    unit: "件",
    sort: "-id",
    actionsWidth: 60,
    link: (row) => `/hazards/${String(row.id)}`,
    columns: [...named(COLUMNS, shown), ...named(COLUMNS, asked).map((one) => ({ ...one, hidden: true }))],
    filters: [...named(FILTERS, filters), ...named(FILTERS, more).map((one) => ({ ...one, isMore: true }))],
    ...rest,
  };
}
