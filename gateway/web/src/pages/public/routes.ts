import type { PageRoute } from "@/pages-there";

// For whoever stands before a notice board, has a licence before him, or registers an enterprise: no account is asked for.
export const routes: PageRoute[] = [
  { path: "/risk-cards/:token", page: "public/card", title: "岗位风险告知卡", isOpen: true },
  { path: "/licences/verification", page: "public/licence", title: "许可证查询", isOpen: true },
  { path: "/password/recovery", page: "public/recovery", title: "密码找回", isOpen: true },
  { path: "/notices/public", page: "public/notices", title: "通知公告", isOpen: true },
  { path: "/notices/public/:id", page: "public/notice", title: "通知公告", isOpen: true },
  { path: "/help", page: "public/help", title: "操作帮助", isOpen: true },
  { path: "/about", page: "public/about", title: "系统介绍", isOpen: true },
  { path: "/registration", page: "public/registration", title: "企业注册申报", isOpen: true },
];
