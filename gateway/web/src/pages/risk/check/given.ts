// What is answered of one item, and what is still lacking.

export interface Given {
  answer: string;
  description: string;
  photos: string[];
  removed_on_site: boolean;
  measure: string;
}

export const UNANSWERED: Given = { answer: "", description: "", photos: [], removed_on_site: false, measure: "" };
export const nameOf = (number: number) => `item_${number}`;

export function isFailing(answer: string): boolean {
  return answer === "failed" || answer === "partly";
}

export function faultOf(given: Given | undefined): string {
  if (!given?.answer) return "没有选择检查结果";
  if (!isFailing(given.answer)) return "";
  if (!given.description.trim()) return "没有写明哪里不合格，提交后据此登记隐患";
  if (given.removed_on_site && !given.measure.trim() && !given.photos.length) return "现场已消除的，要写明怎样消除或上传照片";
  return "";
}

/** What was typed for a failure goes along only while it is one. */
export function sent(item_no: number, given: Given = UNANSWERED): Record<string, unknown> {
  const { answer, description, photos, removed_on_site, measure } = given;
  if (!isFailing(answer)) return { item_no, answer };
  return { item_no, answer, description: description.trim(), photos, removed_on_site, measure: measure.trim() || null };
}
