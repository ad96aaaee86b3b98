import type { PageRoute } from "@/pages-there";

const READ = ["notice.notices.read"];

export const routes: PageRoute[] = [
  { path: "/notices/new", page: "notice/new", title: "起草通知", menu: "/notices", permissions: ["notice.notices.write"] },
  { path: "/notices/received/:id", page: "notice/receipt", title: "通知详情", menu: "/notices/received", permissions: READ },
  { path: "/notices/:id", page: "notice/detail", title: "通知详情", menu: "/notices", permissions: READ },
  { path: "/notices/:id/edit", page: "notice/edit", title: "修改通知", menu: "/notices", permissions: ["notice.notices.write"] },
];
