// Signatures of both sides, as every document asks for them: two officers, and the other side or its refusal.

import type { Row } from "@/api/types";
import type { FieldSpec } from "@/patterns/form/fields";

export function signing(officers: Row[]): FieldSpec[] {
  const words = Object.fromEntries(officers.map((one) => [String(one.id), String(one.name)]));
  return [
    { name: "signed_officer_ids", as: "checks", words, hint: "至少两名执法人员签名", wide: 3 },
    { name: "signed_by_party", isRequired: (model) => !model.refusal_note },
    { name: "refusal_note", wide: 2, isRequired: (model) => !model.signed_by_party, hint: "对方拒绝签名时写明情况" },
  ];
}
