// What the code on a legal document leads to: whether it is genuine and holds, and the head of the paper to compare with.

import { get } from "/assets/api.js";
import { byId, el, fill, trouble } from "/assets/parts.js";

const token = decodeURIComponent(location.pathname.split("/").pop());
const FACTS = [
  ["文书", "form_name"],
  ["文号", "number"],
  ["执法机关", "authority_name"],
  ["当事人", "enterprise_name"],
  ["签发日期", "issued_on"],
];

function verdict(found) {
  return found.is_valid
    ? el("p", { class: "note success", role: "status" }, "该文书由本平台签发，现行有效。请核对以下内容与纸面是否一致。")
    : el("p", { class: "note danger", role: "status" }, "该文书由本平台签发，但已作废，不再有效。");
}

async function show() {
  try {
    const found = await get(`/documents/verification/${encodeURIComponent(token)}`);
    const facts = FACTS.flatMap(([label, name]) => [el("dt", {}, label), el("dd", {}, found[name])]);
    fill(byId("result"), verdict(found), el("dl", { class: "facts" }, facts));
  } catch (error) {
    const words = error.status === 422 ? "验证码不完整，请重新扫描文书上的二维码" : error.message;
    fill(byId("result"), error.isAway ? trouble(error, show) : el("p", { class: "note danger", role: "alert" }, words));
  }
}

show();
