import type { PageRoute } from "@/pages-there";

export const routes: PageRoute[] = [
  { path: "/check-tasks/:id", page: "risk/check", title: "检查", menu: "/", permissions: ["risk.checks.write"] },
  { path: "/risk-points/:id", page: "risk/point", title: "风险点", menu: "/risk-points/new", permissions: ["risk.points.read"] },
];
