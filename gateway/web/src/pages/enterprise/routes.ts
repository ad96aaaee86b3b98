import type { PageRoute } from "@/pages-there";

export const routes: PageRoute[] = [
  { path: "/enterprises/rejected", page: "enterprise/rejected", title: "审核不通过的企业", menu: "/enterprises/reviews", permissions: ["enterprise.review"] },
  { path: "/enterprises/:id", page: "enterprise/file", title: "企业档案", menu: "/enterprises", permissions: ["enterprise.read"] },
];
