import type { PageRoute } from "@/pages-there";

export const routes: PageRoute[] = [
  { path: "/hazards/:id", page: "hazard/detail", title: "隐患详情", menu: "/hazards", permissions: ["hazard.read"] },
  { path: "/supervision-listings/:id", page: "hazard/listing", title: "挂牌督办", menu: "/supervision-listings", permissions: ["hazard.read"] },
  { path: "/hazards/:id/edit", page: "hazard/edit", title: "修改隐患登记", menu: "/hazards", permissions: ["hazard.register"] },
];
