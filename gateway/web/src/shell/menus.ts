// The menus as data: a leaf is shown when its page exists and the caller holds one of its permissions.
//
// Whoever adds a page adds its file below ``pages/`` and its row here; pages below a leaf stand in ``pages/<group>/routes.ts``.

import {
  Bell, ChatLineSquare, DataAnalysis, Document, HomeFilled, Histogram, MapLocation, OfficeBuilding, Operation, Reading, Setting, Stamp,
  Tools, TrophyBase, User, Warning, WarningFilled,
} from "@element-plus/icons-vue";
import type { Component } from "vue";
import type { Side } from "@/api/session";
import { isThere } from "@/pages-there";

export interface Leaf {
  title: string;
  path: string;
  page: string;
  features: string; // of the catalogue of features
  permissions?: string[];
  badge?: string; // the count of ``shell/badges.ts`` that waits here
}

export interface Group {
  title: string;
  icon: Component;
  leaves: Leaf[];
}

const SIGNED_IN: string[] = [];

function leaf(title: string, path: string, page: string, features: string, permissions: string[] = SIGNED_IN, badge?: string): Leaf {
  return { title, path, page, features, permissions, badge };
}

const HOME = leaf("首页", "/", "home/home", "STA-01 STA-02 STA-24 HAZ-11 ENT-23");
const FIGURES = ["stats.supervise"];
const BOARD = leaf("综合看板", "/board", "stats/board", "STA-03 STA-04 STA-05 STA-06 STA-07", FIGURES);
const SCREEN = leaf("大屏", "/board/screen", "stats/screen", "STA-03", FIGURES);
const TASKS = leaf("我的任务", "/tasks", "home/tasks", "HAZ-22", SIGNED_IN, "tasks");
const MESSAGES = leaf("消息中心", "/messages", "notice/messages", "NOT-17", ["notice.messages.read"], "messages");
const LEDGER = leaf("隐患治理台账", "/hazards", "hazard/list", "HAZ-05 HAZ-06 HAZ-07 HAZ-08", ["hazard.read"]);
const REGISTER_HAZARD = leaf("隐患检查登记", "/hazards/new", "hazard/new", "HAZ-01", ["hazard.register"]);
const FLOW = leaf("流程指引", "/hazards/flow", "hazard/flow", "HAZ-10", ["hazard.read"]);
const ABOUT = leaf("系统介绍", "/resources/about", "resource/about", "SYS-21");
const RECEIVED = leaf("通知接收", "/notices/received", "notice/received", "NOT-02", ["notice.notices.read"], "notices");
const USERS = leaf("用户", "/accounts", "system/accounts", "SYS-10 SYS-11", ["gateway.accounts.read"]);
const ROLES = leaf("角色", "/roles", "system/roles", "SYS-07 SYS-08", ["gateway.roles.read"]);

export const GOVERNMENT: Group[] = [
  { title: "工作台", icon: HomeFilled, leaves: [BOARD, SCREEN, HOME, TASKS, MESSAGES] },
  {
    title: "一企一档",
    icon: OfficeBuilding,
    leaves: [
      leaf("企业列表", "/enterprises", "enterprise/list", "ENT-11 ENT-12", ["enterprise.read"]),
      leaf("企业审核", "/enterprises/reviews", "enterprise/reviews", "ENT-09 ENT-10", ["enterprise.review"], "reviews"),
      leaf("信息变更审核", "/enterprises/changes", "enterprise/change-reviews", "ENT-68", ["enterprise.review"], "changes"),
      leaf("停工复工审核", "/suspensions/reviews", "enterprise/suspension-reviews", "ENT-17", ["enterprise.review_suspension"], "suspensions"),
      leaf("已删除企业", "/enterprises/deleted", "enterprise/deleted", "ENT-13", ["enterprise.remove"]),
      leaf("未上线企业", "/enterprises/offline", "enterprise/offline", "ENF-19", FIGURES),
      leaf("证照管理", "/licences", "enterprise/licences", "ENT-19 ENT-20 ENT-21", ["enterprise.read"]),
    ],
  },
  {
    title: "风险管控",
    icon: Warning,
    leaves: [
      leaf("风险点源", "/supervision/risk-points", "risk/filed-points", "RSK-27", ["risk.points.read"]),
      leaf("风险管控清单", "/supervision/risk-lists", "risk/filed-lists", "RSK-28", ["risk.lists.read"]),
    ],
  },
  {
    title: "隐患治理",
    icon: WarningFilled,
    leaves: [
      leaf("重大隐患监管", "/hazards/major", "hazard/major", "HAZ-13", ["hazard.read"]),
      leaf("一般隐患监管", "/hazards/general", "hazard/general", "HAZ-14", ["hazard.read"]),
      leaf("超期隐患监管", "/hazards/overdue", "hazard/overdue", "HAZ-15", ["hazard.read"]),
      leaf("督办隐患监管", "/supervision-listings", "hazard/listings", "HAZ-16", ["hazard.read"]),
      LEDGER,
      REGISTER_HAZARD,
      FLOW,
    ],
  },
  { title: "差异化监管", icon: Operation, leaves: [] },
  {
    title: "行政执法",
    icon: Stamp,
    leaves: [
      leaf("检查内容", "/check-items", "enforcement/check-items", "ENF-02", ["enforcement.checklists.read"]),
      leaf("检查表", "/check-tables", "enforcement/check-tables", "ENF-03", ["enforcement.checklists.read"]),
      leaf("现场检查登记", "/inspections", "enforcement/inspections", "ENF-04 ENF-05 ENF-08 ENF-21", ["enforcement.inspections.read"]),
      leaf("文书管理", "/documents", "enforcement/documents", "ENF-10", ["enforcement.inspections.read"]),
      leaf("执法人员", "/officers", "enforcement/officers", "ENF-28", ["enforcement.officers.read"]),
    ],
  },
  {
    title: "通知公告",
    icon: Bell,
    leaves: [leaf("通知发布", "/notices", "notice/list", "NOT-01", ["notice.notices.write", "notice.notices.approve", "notice.receipts.read"]), RECEIVED],
  },
  {
    title: "统计分析",
    icon: Histogram,
    leaves: [
      leaf("地区报表", "/stats/regions", "stats/regions", "STA-08", FIGURES),
      leaf("行业报表", "/stats/industries", "stats/industries", "STA-09", FIGURES),
      leaf("月度报表", "/stats/monthly", "stats/monthly", "STA-10", FIGURES),
      leaf("指标口径", "/stats/indicators", "stats/indicators", "STA-23", ["stats.read", "stats.recount"]),
    ],
  },
  {
    title: "GIS展示",
    icon: MapLocation,
    leaves: [
      leaf("风险点分布", "/gis/risks", "gis/risks", "STA-11", FIGURES),
      leaf("企业分布", "/gis/enterprises", "gis/enterprises", "STA-12", FIGURES),
      leaf("隐患分布", "/gis/hazards", "gis/hazards", "STA-13", FIGURES),
    ],
  },
  { title: "绩效考核", icon: TrophyBase, leaves: [] },
  { title: "投诉举报", icon: ChatLineSquare, leaves: [] },
  { title: "资源中心", icon: Reading, leaves: [ABOUT] },
  {
    title: "系统管理",
    icon: Setting,
    leaves: [
      ROLES,
      leaf("部门", "/departments", "system/departments", "SYS-09", ["gateway.departments.write"]),
      USERS,
      leaf("操作日志", "/audit", "system/audit", "SYS-18", ["data.audit.read"]),
    ],
  },
];

export const ENTERPRISE: Group[] = [
  { title: "首页", icon: HomeFilled, leaves: [HOME, TASKS] },
  {
    title: "安全管理台账",
    icon: Document,
    leaves: [
      leaf("企业资料", "/enterprise", "enterprise/own", "ENT-24 ENT-05 ENT-68", ["enterprise.read"]),
      leaf("资质证照", "/licences", "enterprise/licences", "ENT-18 ENT-07 ENT-20 ENT-21", ["enterprise.read"]),
      leaf("组织机构", "/organisation", "enterprise/organisation", "ENT-33", ["enterprise.read"]),
      leaf("企业人员", "/personnel", "enterprise/personnel", "ENT-08", ["enterprise.read"]),
      leaf("停工复工", "/suspensions", "enterprise/suspensions", "ENT-16", ["enterprise.read"]),
    ],
  },
  {
    title: "风险防控",
    icon: Warning,
    leaves: [
      leaf("风险点库", "/risk-points", "risk/points", "RSK-01 RSK-02 RSK-03 RSK-05 RSK-06 RSK-08 RSK-09 RSK-10", ["risk.points.read"]),
      leaf("制定风险清单", "/risk-lists/new", "risk/list-new", "RSK-14 RSK-15 RSK-16", ["risk.lists.write"]),
      leaf("风险清单管理", "/risk-lists", "risk/lists", "RSK-17 RSK-18 RSK-19", ["risk.lists.read"]),
      leaf("检查任务", "/check-tasks", "risk/tasks", "RSK-20", ["risk.tasks.read"]),
      leaf("检查记录", "/checks", "risk/checks", "RSK-20", ["risk.tasks.read"]),
    ],
  },
  { title: "隐患治理", icon: WarningFilled, leaves: [REGISTER_HAZARD, LEDGER, FLOW] },
  { title: "通知公告", icon: Bell, leaves: [RECEIVED, MESSAGES] },
  { title: "下属企业", icon: OfficeBuilding, leaves: [] },
  { title: "统计汇总", icon: DataAnalysis, leaves: [] },
  { title: "法律法规与资源", icon: Reading, leaves: [ABOUT] },
  { title: "系统管理", icon: Tools, leaves: [USERS, ROLES] },
];

/** What stands in the person's own menu, on both sides. */
export const PERSONAL: Group = {
  title: "个人中心",
  icon: User,
  leaves: [
    leaf("个人信息", "/me", "system/me", "SYS-12 SYS-16 SYS-03"),
    leaf("修改密码", "/me/password", "system/password", "SYS-04"),
    leaf("个人菜单", "/me/menu", "system/shortcuts", "SYS-13"),
  ],
};

const SIDES: Record<Side, Group[]> = { government: GOVERNMENT, enterprise: ENTERPRISE };

/** The groups of a side as somebody with these rights sees them. */
export function menusFor(side: Side, may: (permission: string) => boolean): Group[] {
  const shown = SIDES[side].map((group) => ({ ...group, leaves: group.leaves.filter((one) => isOpen(one, may)) }));
  return shown.filter((group) => group.leaves.length > 0);
}

export function isOpen(of: Leaf, may: (permission: string) => boolean): boolean {
  return isThere(of.page) && (!of.permissions?.length || of.permissions.some(may));
}

/** The leaves of one's own side, and one's personal ones, as far as somebody with these rights may open them. */
export function ownLeaves(side: Side, may: (permission: string) => boolean): { leaf: Leaf; group: Group }[] {
  return [...SIDES[side], PERSONAL].flatMap((group) => group.leaves.filter((leaf) => isOpen(leaf, may)).map((leaf) => ({ leaf, group })));
}

/** Every leaf once, with its group; what both sides have stands where one's own side has it. */
export function leaves(side: Side = "government"): { leaf: Leaf; group: Group }[] {
  const found = new Map<string, { leaf: Leaf; group: Group }>();
  const sides = side === "government" ? [...GOVERNMENT, ...ENTERPRISE] : [...ENTERPRISE, ...GOVERNMENT];
  for (const group of [...sides, PERSONAL]) {
    for (const one of group.leaves) if (!found.has(one.path)) found.set(one.path, { leaf: one, group });
  }
  return [...found.values()];
}
