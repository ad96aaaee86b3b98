// The boxes of the home page: whose they are, what refreshes them, what they ask and how they show it.

import { get, remove } from "/assets/api.js";
import { clock, count, day, el, left, moment, rate } from "/assets/parts.js";
import { board, levels, tiles } from "/assets/figures.js";
import { hazards, reviews } from "/assets/queues.js";

const isEnterprise = (me) => me.kind === "enterprise";
const RECEIPT = { notice: ["通知", "info"], supervision: ["督办", "danger"] };
const STATUS = {
  draft: ["草稿", ""], pending: ["待审核", "info"], rejected: ["已退回", "danger"], active: ["已通过", "success"],
};

function nothing(words) {
  return el("p", { class: "quiet" }, words);
}

function told(answer, note) {
  const days = answer.from_on === answer.to_on ? answer.to_on : `${answer.from_on} 至 ${answer.to_on}`;
  note(`${days}${answer.is_final ? "" : " · 未结"} · ${clock(new Date())} 更新`);
}

async function overview({ note }) {
  const figures = await get("/stats/overview");
  told(figures, note);
  return [
    tiles([
      { code: "active_enterprises", title: "正常企业", value: count(figures.active_enterprises), unit: "家",
        more: `上线率 ${rate(figures.online_rate)} · 报备率 ${rate(figures.filed_rate)}` },
      { code: "checked_count", title: "今日排查", value: count(figures.checked_count), unit: "项",
        more: `应查 ${count(figures.due_count)} · 排查率 ${rate(figures.check_rate)}` },
      { code: "hazard_count", title: "今日发现隐患", value: count(figures.hazard_count), unit: "条",
        more: `一般 ${count(figures.general_count)} · 重大 ${count(figures.major_count)}` },
      { code: "open_major", title: "未销号重大隐患", value: count(figures.open_major), unit: "条", tone: figures.open_major ? "danger" : "",
        more: `挂牌督办 ${count(figures.listed_count)}` },
      { code: "overdue_count", title: "超期隐患", value: count(figures.overdue_count), unit: "条", tone: figures.overdue_count ? "danger" : "",
        more: `未销号一般 ${count(figures.open_general)}` },
      { code: "expired_licences", title: "过期证照", value: count(figures.expired_licences), unit: "件",
        tone: figures.expired_licences ? "warning" : "", more: `30 日内到期 ${count(figures.expiring_licences)}` },
    ]),
    levels(figures),
  ];
}

async function ownBoard({ note }) {
  const answer = await get("/stats/board");
  told(answer, note);
  const total = answer.total;
  return [
    tiles([
      { code: "due_count", title: "今日应查", value: count(total.due_count), unit: "项", more: `风险点 ${count(total.points_due)} 个` },
      { code: "checked_count", title: "已查", value: count(total.checked_count), unit: "项", more: `排查率 ${rate(total.check_rate)}` },
      { code: "to_confirm", title: "待确认隐患", value: count(total.to_confirm), unit: "条", tone: total.to_confirm ? "warning" : "" },
      { code: "to_rectify", title: "待整改隐患", value: count(total.to_rectify), unit: "条" },
      { code: "to_recheck", title: "待复查隐患", value: count(total.to_recheck), unit: "条" },
      { code: "overdue_count", title: "超期隐患", value: count(total.overdue_count), unit: "条", tone: total.overdue_count ? "danger" : "" },
    ]),
    levels(total),
    board(answer),
  ];
}

function line(first, ...more) {
  return el("li", {}, el("div", { class: "first" }, first), el("div", { class: "more" }, more));
}

async function notices({ note }) {
  const { items, next_cursor: cursor } = await get("/notices/received", { status: "unread", limit: 6 });
  note(items.length ? `未读 ${items.length}${cursor ? "+" : ""}` : "");
  if (!items.length) return nothing("没有未读通知");
  const drawn = items.map((one) => {
    const [word, tone] = RECEIPT[one.kind] || [one.kind, ""];
    const due = one.feedback_due_at ? ["反馈 ", left(day(new Date(one.feedback_due_at)))] : null;
    return line(
      [el("span", { class: `tag ${tone}` }, word), el("strong", {}, one.title)],
      el("span", {}, one.department_name || ""), moment(one.received_at), due ? el("span", {}, due) : null,
    );
  });
  return el("ul", { class: "lines" }, drawn);
}

async function messages({ note }) {
  const [unread, { items }] = await Promise.all([get("/messages/unread"), get("/messages", { is_unread: true, limit: 6 })]);
  note(unread.count ? `未读 ${unread.count >= 100 ? "99+" : unread.count}${unread.urgent ? ` · 紧急 ${unread.urgent}` : ""}` : "");
  if (!items.length) return nothing("没有未读消息");
  const urgent = el("span", { class: "tag danger" }, "紧急");
  return el(
    "ul",
    { class: "lines" },
    items.map((one) =>
      line([one.urgency === "urgent" ? urgent.cloneNode(true) : null, el("strong", {}, one.title)].filter(Boolean), el("span", {}, one.text), moment(one.at)),
    ),
  );
}

async function registration({ me, note }) {
  let found;
  try {
    found = await get(`/enterprises/${me.enterprise_id}/registration`);
  } catch (error) {
    if (error.status === 404) return nothing("还没有填写企业注册申报");
    throw error;
  }
  const [word, tone] = STATUS[found.status] || [found.status, ""];
  note(found.submitted_at ? `提交于 ${day(new Date(found.submitted_at))}` : "");
  return [
    el("p", {}, el("strong", {}, found.name), " ", el("span", { class: `tag ${tone}` }, word)),
    found.authority ? el("p", { class: "quiet" }, `审核机关：${found.authority.name}`) : null,
    found.opinion ? el("p", { class: "note warning" }, `审核意见：${found.opinion}`) : null,
    found.missing?.length ? el("p", { class: "quiet" }, `还缺 ${found.missing.length} 项：${found.missing.map((one) => one.label).join("、")}`) : null,
  ];
}

async function sessions({ again }) {
  const { items } = await get("/auth/sessions");
  const end = (one) => async (event) => {
    event.target.disabled = true;
    await remove(`/auth/sessions/${one.id}`).catch(() => null);
    again();
  };
  const drawn = items.map((one) =>
    line(
      [el("span", { class: "words" }, browser(one.agent)),
       one.is_this_one ? el("span", { class: "tag success" }, "本机") : el("button", { type: "button", class: "link", onclick: end(one) }, "结束")],
      el("span", {}, one.address || ""), el("span", {}, "登录 ", moment(one.started_at)), el("span", {}, "活动 ", moment(one.last_seen_at)),
    ),
  );
  return el("ul", { class: "lines" }, drawn);
}

function browser(agent) {
  const known = [["Edg/", "Edge"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]];
  const system = [["Android", "安卓"], ["iPhone", "iPhone"], ["Windows", "Windows"], ["Mac OS", "macOS"], ["Linux", "Linux"]];
  const named = (list) => list.find(([mark]) => (agent || "").includes(mark))?.[1];
  return [named(known), named(system)].filter(Boolean).join(" · ") || agent || "未知设备";
}

async function platform() {
  return el("p", {}, "您的账号用于平台管理，不查看企业和监管业务。可用的接口和权限代码见", el("a", { href: "/api/docs" }, "接口文档"), "。");
}

export const BOXES = [
  { title: "今日概况", place: "top", on: ["figures"], isFor: (me, held) => me.kind === "regulator" && held.has("stats.read"), draw: overview },
  { title: "风险防控动态看板", place: "top", on: ["figures"], isFor: (me, held) => isEnterprise(me) && held.has("stats.read"), draw: ownBoard },
  { title: "企业注册申报", place: "wide", isFor: (me, held) => held.has("enterprise.register"), draw: registration },
  { title: "待审核", place: "wide", isFor: (me, held) => held.has("enterprise.review") || held.has("enterprise.review_suspension"), draw: reviews },
  { title: "等待我处理的隐患", place: "wide", on: ["hazard", "supervision"], isFor: (me, held) => held.has("hazard.read"), draw: hazards },
  { title: "平台管理", place: "wide", isFor: (me, held) => [...held].every((code) => code.startsWith("gateway.") || code.startsWith("stats.")) && me.kind === "regulator", draw: platform },
  { title: "未读通知", place: "narrow", on: ["notice", "notice_receipt"], isFor: (me, held) => held.has("notice.notices.read"), draw: notices },
  { title: "未读消息", place: "narrow", on: ["hazard", "notice", "supervision"], isFor: (me, held) => held.has("notice.messages.read"), draw: messages },
  { title: "我的登录", place: "narrow", isFor: () => true, draw: sessions },
];
