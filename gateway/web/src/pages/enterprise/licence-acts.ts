// What can be done with a licence, by its holder and by the authority, as the dialog asks for it.

import type { Row } from "@/api/types";
import type { FieldSpec, Model } from "@/patterns/form/fields";

export interface LicenceAct {
  title: string;
  right: string;
  isOwn: boolean; // the holder's, or the authority's
  submit?: string;
  tone?: "danger";
  note?: string;
  fields: FieldSpec[];
  isFor: (row: Row) => boolean;
}

const KEEP = "enterprise.keep_licence";
const ADMINISTER = "enterprise.administer_licence";
const isOneOf = (...statuses: string[]) => (row: Row) => statuses.includes(String(row.status));
const isRejected = (model: Model) => model.decision === "reject";
const isLater = (value: unknown, model: Model) => (String(value) < String(model.issued_on ?? "") ? "有效期至不能早于发证日期" : "");
const DECIDED: FieldSpec[] = [{ name: "reason", wide: 3 }, { name: "decision_document" }];

/** One certificate, as it is registered and as it is renewed. */
export const CERTIFICATE: FieldSpec[] = [
  { name: "number" }, { name: "issuer" }, { name: "issued_on" }, { name: "valid_from", hint: "不填则自发证日期起" }, { name: "valid_to", hint: "长期有效的不填", fault: isLater }, { name: "permitted_scope" }, { name: "scans" },
];

export const LICENCE_ACTS: Record<string, LicenceAct> = {
  renew_licence: {
    title: "换证", right: KEEP, isOwn: true, submit: "提交新证", note: "许可证须经发证机关确认后生效，其他证照登记后即生效；原证照仍可查看。", fields: CERTIFICATE,
    isFor: (row) => isOneOf("expiring", "expired", "suspended")(row) && row.is_renewal_pending !== true,
  },
  review_renewal: {
    title: "确认换证", right: ADMINISTER, isOwn: false, submit: "提交结论", isFor: (row) => row.is_renewal_pending === true,
    fields: [{ name: "decision", as: "buttons", words: { approve: "确认", reject: "不予确认" } }, { name: "opinion", isRequired: isRejected }],
  },
  extend_licence: { title: "延续或变更", right: ADMINISTER, isOwn: false, submit: "登记新证", fields: CERTIFICATE, isFor: isOneOf("expiring", "expired", "suspended") },
  suspend_licence: { title: "暂扣", right: ADMINISTER, isOwn: false, submit: "暂扣证照", tone: "danger", note: "暂扣期间证照不作有效证照使用，可以恢复。", fields: DECIDED, isFor: isOneOf("valid", "expiring") },
  restore_licence: { title: "恢复", right: ADMINISTER, isOwn: false, submit: "恢复证照", fields: [{ name: "reason", wide: 3 }], isFor: isOneOf("suspended") },
  revoke_licence: {
    title: "吊销或注销", right: ADMINISTER, isOwn: false, submit: "吊销或注销证照", tone: "danger", note: "吊销或注销后不能恢复，持证企业的证照状态随之改变。",
    fields: [{ name: "ground" }, ...DECIDED], isFor: isOneOf("valid", "expiring", "expired", "suspended"),
  },
};

/** What this person may do with this licence now. */
export function actsOn(row: Row, isOwn: boolean, may: (right: string) => boolean): string[] {
  return Object.entries(LICENCE_ACTS).filter(([, act]) => act.isOwn === isOwn && may(act.right) && act.isFor(row)).map(([name]) => name);
}
