// The units of an enterprise as a tree, and what can be done with one of them.

import type { FieldSpec, Model } from "@/patterns/form/fields";
import { isAbove, tiersBelow } from "./tiers";

export interface Unit {
  id: string;
  parent_id: string | null;
  name: string;
  tier: string;
  path: string[];
  leader: string | null;
  phone: string | null;
  position: number;
  is_active: boolean;
  merged_into_id: string | null;
  version: number;
}

export interface Node extends Unit {
  children: Node[];
}

export interface UnitAct {
  title: string;
  submit: string;
  note?: string;
  tone?: "danger";
  fields: (unit: Unit, units: Unit[]) => FieldSpec[];
  fixed: (unit: Unit) => Model;
  start?: (unit: Unit) => Model;
  why: (unit: Unit, units: Unit[]) => string; // why not now; empty when it can be done
}

/** Parents come before their children, so one pass makes the tree. */
export function treeOf(units: Unit[]): Node[] {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const unit of units) {
    const node: Node = { ...unit, children: [] };
    nodes.set(unit.id, node);
    const parent = unit.parent_id ? nodes.get(unit.parent_id) : undefined;
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

/** From the company down to the unit, as people name a place. */
export function wayOf(unit: Unit, units: Unit[]): string {
  const names = new Map(units.map((one) => [one.id, one.name]));
  return unit.path.map((id) => names.get(id) ?? "").filter(Boolean).join(" / ");
}

/** Where a unit may be hung: below a unit in use of a higher tier that is neither its own nor above it already. */
export function placesFor(unit: Unit, units: Unit[]): Record<string, string> {
  const fitting = units.filter((one) => one.is_active && isAbove(one.tier, unit.tier) && one.id !== unit.parent_id && !one.path.includes(unit.id));
  return Object.fromEntries(fitting.map((one) => [one.id, wayOf(one, units)]));
}

/** Into which a unit may be merged: one in use that is neither its own nor below it, and under which its children's tiers fit. */
export function targetsFor(unit: Unit, units: Unit[]): Record<string, string> {
  const children = units.filter((one) => one.parent_id === unit.id);
  const fits = (one: Unit) => children.every((child) => isAbove(one.tier, child.tier));
  const fitting = units.filter((one) => one.is_active && !one.path.includes(unit.id) && fits(one));
  return Object.fromEntries(fitting.map((one) => [one.id, wayOf(one, units)]));
}

function whyNotMerged(unit: Unit, units: Unit[]): string {
  if (!unit.is_active) return "该单元已停用";
  return Object.keys(targetsFor(unit, units)).length ? "" : "没有层级高于其下级单元的其他单元";
}

const ABOUT: FieldSpec[] = [{ name: "leader" }, { name: "phone", hint: "手机号，或带区号的座机号" }, { name: "position", hint: "小的在前" }];
const of = (unit: Unit): Model => ({ unit_id: unit.id, version: unit.version });
const isRoot = (unit: Unit, reason: string) => (unit.parent_id ? "" : reason);
const hasUnitsInUse = (unit: Unit, units: Unit[]) => units.some((one) => one.parent_id === unit.id && one.is_active);

export const UNIT_ACTS: Record<string, UnitAct> = {
  create_org_unit: {
    title: "新增下级单元", submit: "新增单元", fixed: (unit) => ({ parent_id: unit.id }), fields: (unit) => [{ name: "name" }, { name: "tier", words: tiersBelow(unit.tier) }, ...ABOUT],
    why: (unit) => (!unit.is_active ? "该单元已停用" : Object.keys(tiersBelow(unit.tier)).length ? "" : "岗位级是最低一级"),
  },
  edit_org_unit: {
    title: "修改单元", submit: "保存修改", fixed: of, fields: () => [{ name: "name", isRequired: true }, ...ABOUT],
    start: (unit) => ({ name: unit.name, leader: unit.leader, phone: unit.phone, position: unit.position }), why: () => "",
  },
  move_org_unit: {
    title: "移动单元", submit: "移动单元", note: "下级单元一起移动；人员、风险点和清单仍属于原来的单元。", fixed: of, fields: (unit, units) => [{ name: "parent_id", as: "choice", words: placesFor(unit, units), wide: 3 }],
    why: (unit, units) => isRoot(unit, "公司级根单元不能移动") || (Object.keys(placesFor(unit, units)).length ? "" : "没有可以移到的上级单元"),
  },
  merge_org_unit: {
    title: "合并到…", submit: "合并单元", tone: "danger", fixed: of, fields: (unit, units) => [{ name: "into_id", as: "choice", words: targetsFor(unit, units), wide: 3 }],
    why: (unit, units) => isRoot(unit, "公司级根单元不能合并到其他单元") || whyNotMerged(unit, units),
  },
  disable_org_unit: {
    title: "停用单元", submit: "停用单元", tone: "danger", note: "停用后不能再选用，历史记录保留，可以重新启用。", fixed: of, fields: () => [],
    why: (unit, units) => isRoot(unit, "公司级根单元不能停用") || (!unit.is_active ? "该单元已停用" : hasUnitsInUse(unit, units) ? "还有启用的下级单元，请先移动或停用它们" : ""),
  },
  enable_org_unit: { title: "启用单元", submit: "启用单元", fixed: of, fields: () => [], why: (unit) => (unit.is_active ? "该单元正在使用" : unit.merged_into_id ? "该单元已合并到其他单元，不能再启用" : "") },
};
