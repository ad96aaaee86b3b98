import type { PageRoute } from "@/pages-there";

const READ = ["enforcement.inspections.read"];
const WRITE = ["enforcement.inspections.write"];
const TABLES = ["enforcement.checklists.read"];

export const routes: PageRoute[] = [
  { path: "/inspections/new", page: "enforcement/new-inspection", title: "编制现场检查方案", menu: "/inspections", permissions: WRITE },
  { path: "/inspections/:id", page: "enforcement/inspection", title: "现场检查", menu: "/inspections", permissions: READ },
  { path: "/inspections/:id/scheme", page: "enforcement/revise-inspection", title: "修改检查方案", menu: "/inspections", permissions: WRITE },
  { path: "/inspections/:id/record", page: "enforcement/record", title: "登记现场检查记录", menu: "/inspections", permissions: WRITE },
  { path: "/inspections/:id/order", page: "enforcement/order", title: "责令限期整改", menu: "/inspections", permissions: WRITE },
  { path: "/inspections/:id/recheck", page: "enforcement/recheck", title: "登记整改复查", menu: "/inspections", permissions: WRITE },
  { path: "/documents/:id", page: "enforcement/document", title: "执法文书", menu: "/documents", permissions: READ },
  { path: "/check-tables/new", page: "enforcement/new-table", title: "组合检查表", menu: "/check-tables", permissions: ["enforcement.checklists.write"] },
  { path: "/check-tables/:id", page: "enforcement/check-table", title: "检查表", menu: "/check-tables", permissions: TABLES },
];
