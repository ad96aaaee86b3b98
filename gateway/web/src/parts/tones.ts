// Which tone a state has, by its Chinese word: the same word looks the same everywhere, in every language.

import { sentencesOf } from "@/i18n";

export type Tone = "neutral" | "info" | "warning" | "success" | "danger";

const BY_WORD: [Tone, RegExp][] = [
  ["danger", /超期|逾期|漏查|不通过|不合格|已过期|重大隐患|失败|拒绝|紧急|不予|停用/],
  ["warning", /即将|超时|延期待批|督办|疑似|停工|停产|换证/],
  ["neutral", /草稿|退回|取消|作废|撤销|撤回|已删除|已注销|降为|一般隐患|未登录/],
  ["success", /通过|已报备|已审核|在用|销号|已查|有效|合格|已发布|已办结|正常|成功|现场消除|已反馈|启用|在营|现行/],
  ["info", /待|未读|中$|已读|已登记|已上报|编制|评估|通知/],
];

export function toneOf(word: string): Tone {
  const words = sentencesOf(word);
  return BY_WORD.find(([, pattern]) => words.some((one) => pattern.test(one)))?.[0] ?? "neutral";
}
