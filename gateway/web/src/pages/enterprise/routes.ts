import type { PageRoute } from "@/pages-there";

const READ = ["enterprise.read"];
const EDIT = ["enterprise.edit"];

export const routes: PageRoute[] = [
  { path: "/enterprises/rejected", page: "enterprise/rejected", title: "审核不通过的企业", menu: "/enterprises/reviews", permissions: ["enterprise.review"] },
  { path: "/enterprises/:id", page: "enterprise/file", title: "企业档案", menu: "/enterprises", permissions: READ },
  { path: "/enterprise/edit", page: "enterprise/edit", title: "修改企业资料", menu: "/enterprise", permissions: EDIT },
  { path: "/enterprise/changes/new", page: "enterprise/change-form", title: "申请变更关键信息", menu: "/enterprise", permissions: EDIT },
  { path: "/enterprise/changes/:id", page: "enterprise/change-form", title: "修改变更申请", menu: "/enterprise", permissions: EDIT },
  { path: "/licences/expiring", page: "enterprise/licences", title: "证照到期提醒", menu: "/licences", permissions: READ },
  { path: "/licences/expired", page: "enterprise/licences", title: "已过期证照", menu: "/licences", permissions: READ },
  { path: "/licences/:id", page: "enterprise/licence", title: "证照详情", menu: "/licences", permissions: READ },
  { path: "/qualifications", page: "enterprise/qualifications", title: "企业资质", menu: "/licences", permissions: READ },
  { path: "/suspensions/new", page: "enterprise/suspension-form", title: "申请停工或复工", menu: "/suspensions", permissions: ["enterprise.request_suspension"] },
  { path: "/suspensions/:id/edit", page: "enterprise/suspension-form", title: "修改停工复工申请", menu: "/suspensions", permissions: ["enterprise.request_suspension"] },
  { path: "/suspensions/:id", page: "enterprise/suspension", title: "停工复工申请", menu: "/suspensions", permissions: READ },
];
