import type { PageRoute } from "@/pages-there";

const POINTS = ["risk.points.read"];
const WRITE = ["risk.points.write"];
const LISTS = ["risk.lists.read"];
const TASKS = ["risk.tasks.read"];

export const routes: PageRoute[] = [
  { path: "/risk-points/new", page: "risk/point-new", title: "新增风险点", menu: "/risk-points", permissions: WRITE },
  { path: "/risk-points/categories", page: "risk/categories", title: "风险点分类", menu: "/risk-points", permissions: POINTS },
  { path: "/risk-points/library", page: "risk/library", title: "引用系统库", menu: "/risk-points", permissions: WRITE },
  { path: "/risk-points/import", page: "risk/import", title: "批量导入风险点", menu: "/risk-points", permissions: ["risk.points.import"] },
  { path: "/risk-points/batches", page: "risk/batches", title: "批量操作日志", menu: "/risk-points", permissions: POINTS },
  { path: "/risk-points/:id", page: "risk/point", title: "风险点", menu: "/risk-points", permissions: POINTS },
  { path: "/risk-points/:id/edit", page: "risk/point-edit", title: "修改风险点", menu: "/risk-points", permissions: WRITE },
  { path: "/risk-points/:id/assessment", page: "risk/assess", title: "评价风险", menu: "/risk-points", permissions: WRITE },
  { path: "/risk-lists/:id", page: "risk/list", title: "风险清单", menu: "/risk-lists", permissions: LISTS },
  { path: "/risk-lists/:id/edit", page: "risk/list-edit", title: "修改风险清单", menu: "/risk-lists", permissions: ["risk.lists.write"] },
  { path: "/check-tasks/all", page: "risk/all-tasks", title: "全部任务", menu: "/check-tasks", permissions: TASKS },
  { path: "/check-tasks/:id", page: "risk/check", title: "检查", menu: "/check-tasks", permissions: ["risk.checks.write"] },
  { path: "/checks/:id", page: "risk/check-record", title: "检查记录", menu: "/checks", permissions: TASKS },
];
