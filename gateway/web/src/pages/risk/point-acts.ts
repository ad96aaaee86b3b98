// Each thing that can be done with a risk point: whose it is to do, in which state, and what it asks for.

import type { FieldSpec, Model } from "@/patterns/form/fields";
import type { Answer } from "@/api/types";

export type Point = Answer<"risk_get_risk_point">;

export interface PointAct {
  title: string;
  right: string;
  move?: string; // of the state machine; without one ``isFor`` decides
  isFor?: (point: Point) => boolean;
  page?: (point: Point) => string; // done on a page of its own
  submit?: string;
  tone?: "danger";
  note?: string;
  fields?: FieldSpec[];
  start?: (point: Point) => Model;
}

const WRITE = "risk.points.write";
const PUBLISH = "risk.points.publish";
const isGrave = (point: Point) => point.level === "red" || point.level === "orange";
const assessment = (point: Point) => `/risk-points/${point.id}/assessment`;

export const ACTS: Record<string, PointAct> = {
  identify_risk_point: { title: "完成辨识", right: WRITE, move: "identify", note: "危害因素填写齐全后完成辨识，接着评价风险。", fields: [] },
  publish_risk_point: { title: "发布风险点", right: PUBLISH, move: "publish", note: "发布后可以列入风险清单；危害因素、措施和检查内容以后只能通过重新评价修改。", fields: [] },
  publish_risk_point_version: { title: "发布重新评价", right: PUBLISH, move: "publish_version", note: "发布后新的评价立即生效，已打印的告知卡须重新打印。", fields: [] },
  assess_risk_point: { title: "评价风险", right: WRITE, move: "assess", page: assessment },
  set_control_plan: {
    title: "填写管控方案", right: WRITE, isFor: isGrave, submit: "保存管控方案", note: "重大风险和较大风险没有管控方案，所在清单不能报备。",
    start: (point) => ({ ...point.control_plan }),
    fields: [{ name: "goal", wide: 3 }, { name: "measures" }, { name: "funds", wide: 3 }, { name: "person" }, { name: "review_on" }, { name: "emergency" }],
  },
  reassess_risk_point: { title: "重新评价", right: WRITE, move: "reassess", page: assessment },
  change_risk_point: { title: "修改风险点", right: WRITE, isFor: (point) => point.status !== "retired", page: (point) => `/risk-points/${point.id}/edit` },
  renew_risk_token: { title: "更换二维码", right: PUBLISH, isFor: (point) => point.status === "active", note: "更换后，已张贴的二维码立即失效，须重新打印张贴。" },
  reopen_risk_point: { title: "恢复风险点", right: PUBLISH, move: "reopen", note: "恢复后为“已评价”，核对无误再发布。", fields: [] },
  retire_risk_point: { title: "停用风险点", right: PUBLISH, move: "retire", tone: "danger", note: "停用后不能列入清单，尚未完成的检查任务取消；记录保留。" },
};

/** The names of what this person may do with the point now, the first of them first. */
export function offered(point: Point, may: (right: string) => boolean): string[] {
  const isOpen = ({ move, isFor, right }: PointAct) => may(right) && (move ? point.allowed.includes(move) : (isFor?.(point) ?? false));
  return Object.keys(ACTS).filter((name) => isOpen(ACTS[name]!));
}
