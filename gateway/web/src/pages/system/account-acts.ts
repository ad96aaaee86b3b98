// What can be done with an account: who is on which side, and what each act asks for.

import type { Row } from "@/api/types";
import type { FieldSpec, Model } from "@/patterns/form/fields";

export interface AccountAct {
  title: string;
  right: string;
  isNew?: boolean;
  tone?: "danger";
  note?: string;
  fields?: FieldSpec[];
  isFor?: (row: Row) => boolean;
  fixed: (row: Row) => Model;
  start?: (row: Row) => Model;
  needsWhole?: boolean; // of what the list tells only in part
}

const of = (row: Row): Model => ({ account_id: row.id });
const ofVersion = (row: Row): Model => ({ account_id: row.id, version: row.version });
const isOfficial = (row: Row) => row.kind === "regulator";
const isActive = (row: Row) => row.status === "active";
const ONCE = "新密码只显示一次，72 小时内有效，首次登录须修改。";
const REACHED: FieldSpec[] = [{ name: "mobile", isRequired: true, hint: "忘记密码时收验证码" }, { name: "email" }];
const reached = (row: Row): Model => ({ mobile: row.mobile, email: row.email });
const ROLES: FieldSpec = { name: "roles", as: "picks", pick: "role", wide: 3 };
const WRITE = "gateway.accounts.write";
const STAFF = "gateway.staff.write";
const GRANT = "gateway.accounts.grant";

const GOVERNMENT: Record<string, AccountAct> = {
  create_account: {
    title: "新增用户", right: WRITE, isNew: true, fixed: () => ({}), note: "初始密码随机生成，只显示一次。角色由安全管理员授予。",
    fields: [{ name: "name" }, { name: "username", hint: "4 至 40 位字母、数字、点、横线或下划线" }, { name: "department_id", pick: "department", wide: 3 }, ...REACHED, { name: "certificate_number" }],
  },
  change_account: { title: "修改、调动", right: WRITE, isFor: isOfficial, fixed: ofVersion, needsWhole: true, start: (row) => ({ name: row.name, department_id: row.department_id, certificate_number: row.certificate_number, ...reached(row) }), fields: [{ name: "name" }, { name: "department_id", pick: "department" }, ...REACHED, { name: "certificate_number" }] },
  set_account_roles: { title: "授予角色", right: GRANT, fixed: ofVersion, start: (row) => ({ roles: row.roles }), fields: [ROLES] },
  set_account_scope: {
    title: "设置监管权限", right: GRANT, isFor: isOfficial, needsWhole: true, fixed: ofVersion, // in a dialog of its own
  },
  reset_password: { title: "重置密码", right: WRITE, isFor: isOfficial, fixed: of, note: ONCE },
  reset_enterprise_password: { title: "重置企业管理员密码", right: "gateway.passwords.reset", isFor: (row) => row.kind === "enterprise", fixed: of, note: ONCE },
  disable_account: { title: "停用", right: WRITE, tone: "danger", isFor: (row) => isOfficial(row) && isActive(row), fixed: of, note: "停用后立即退出所有设备，不能再登录；记录保留。" },
  enable_account: { title: "启用", right: WRITE, isFor: (row) => isOfficial(row) && !isActive(row), fixed: of },
};

const ENTERPRISE: Record<string, AccountAct> = {
  create_staff_account: {
    title: "新增人员账号", right: STAFF, isNew: true, fixed: () => ({}), note: "初始密码随机生成，只显示一次。",
    fields: [{ name: "name" }, { name: "username", hint: "4 至 40 位字母、数字、点、横线或下划线" }, { name: "unit_id", pick: "unit" }, ...REACHED, ROLES],
  },
  change_staff_account: { title: "修改", right: STAFF, fixed: ofVersion, needsWhole: true, start: (row) => ({ name: row.name, unit_id: row.unit_id, ...reached(row) }), fields: [{ name: "name" }, { name: "unit_id", pick: "unit" }, ...REACHED] },
  set_account_roles: { title: "授予角色", right: GRANT, fixed: ofVersion, start: (row) => ({ roles: row.roles }), fields: [ROLES] },
  reset_staff_password: { title: "重置密码", right: STAFF, fixed: of, note: ONCE },
  disable_staff_account: { title: "停用", right: STAFF, tone: "danger", isFor: isActive, fixed: of, note: "停用后立即退出所有设备，不能再登录；记录保留。" },
  enable_staff_account: { title: "启用", right: STAFF, isFor: (row) => !isActive(row), fixed: of },
};

export function actsOf(isStaff: boolean): Record<string, AccountAct> {
  return isStaff ? ENTERPRISE : GOVERNMENT;
}
