// Work that waits for somebody, by kind: the kinds with their counts, and the first few of the kind that is chosen.

import { get } from "/assets/api.js";
import { DASH, el, fill, left, moment, trouble } from "/assets/parts.js";

const SHOWN = 8;
const MANY = 50;
const TASKS = {
  confirm: "待确认", correct: "退回待修改", rectify: "待整改", recheck: "待复查", decide_extension: "延期待批",
  report: "重大隐患待上报", plan: "治理方案待编制", approve_plan: "治理方案待审批", assess: "治理效果待评估", accept: "销号待验收", overdue: "已超期",
};
const CLASSES = { general_on_site: ["一般", ""], general_limited: ["一般", ""], major: ["重大", "danger"] };
const STOPS = { suspension: "停工", resumption: "复工" };
const chosen = new Map();

const howMany = ({ items, next_cursor: cursor }) => (cursor ? `${items.length}+` : String(items.length));

function line(first, ...more) {
  return el("li", {}, el("div", { class: "first" }, first), el("div", { class: "more" }, more.filter(Boolean)));
}

// Chips of the kinds that hold something; the list below belongs to the pressed one.
function queue(name, kinds) {
  const list = el("div", {});
  const buttons = kinds.map((kind) => {
    const button = el("button", { type: "button", "aria-pressed": "false", onclick: () => choose(kind, button) }, kind.title, el("b", {}, kind.count));
    return button;
  });

  async function choose(kind, button) {
    chosen.set(name, kind.code);
    for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
    try {
      fill(list, el("ul", { class: "lines" }, await kind.lines()));
    } catch (error) {
      fill(list, trouble(error, () => choose(kind, button)));
    }
  }

  const at = Math.max(kinds.findIndex((kind) => kind.code === chosen.get(name)), 0);
  choose(kinds[at], buttons[at]);
  return [el("div", { class: "choices", role: "group", "aria-label": name }, buttons), list];
}

function hazardLine(one) {
  const [word, tone] = CLASSES[one.hazard_class] || [one.hazard_class, ""];
  return line(
    [el("span", { class: `tag ${tone}` }, word), el("span", { class: "words" }, one.description), left(one.approved_deadline_on || one.deadline_on)],
    el("span", {}, one.number || DASH), el("span", {}, one.enterprise_name || ""), el("span", {}, one.place || ""),
    el("span", {}, "发现 ", moment(one.found_at)),
  );
}

export async function hazards({ note }) {
  const { items } = await get("/hazard-tasks");
  const open = items.filter((one) => one.count > 0);
  note("");
  if (!open.length) return el("p", { class: "quiet" }, "没有等待您处理的隐患");
  return queue("隐患待办", open.map((one) => ({
    code: one.task,
    title: TASKS[one.task] || one.task,
    count: one.is_more ? `${one.count}+` : String(one.count),
    lines: async () => (await get("/hazards", { task: one.task, sort: "deadline_on", limit: SHOWN })).items.map(hazardLine),
  })));
}

const reviewLine = (one) =>
  line(
    [el("span", { class: "words" }, one.name), left(one.review_due_on)],
    el("span", {}, one.unified_credit_code || ""), el("span", {}, `第 ${one.round} 轮`), el("span", {}, "提交 ", moment(one.submitted_at)),
  );

const changeLine = (one) =>
  line(
    [el("span", { class: "words" }, one.enterprise_name)],
    el("span", {}, `变更 ${one.lines.map((changed) => changed.label).join("、")}`), el("span", {}, "提交 ", moment(one.submitted_at)),
  );

const stopLine = (one) =>
  line(
    [el("span", { class: "tag" }, STOPS[one.kind] || one.kind), el("span", { class: "words" }, one.enterprise_name)],
    el("span", {}, one.reason || ""), el("span", {}, "提交 ", moment(one.submitted_at)),
  );

const REVIEWS = [
  { code: "registration", title: "注册审核", right: "enterprise.review", path: "/enterprises/reviews", query: { is_mine: true }, line: reviewLine },
  { code: "change", title: "信息变更", right: "enterprise.review", path: "/enterprise-changes", query: { status: "pending" }, line: changeLine },
  { code: "stop", title: "停工复工", right: "enterprise.review_suspension", path: "/suspensions", query: { status: "pending" }, line: stopLine },
];

export async function reviews({ me, note }) {
  const mine = REVIEWS.filter((kind) => me.permissions.includes(kind.right));
  const answers = await Promise.all(mine.map((kind) => get(kind.path, { ...kind.query, limit: MANY })));
  const kinds = mine.map((kind, at) => ({ ...kind, count: howMany(answers[at]), found: answers[at].items }));
  const open = kinds.filter((kind) => kind.found.length);
  note("");
  if (!open.length) return el("p", { class: "quiet" }, "没有等待审核的申请");
  return queue("审核待办", open.map((kind) => ({ ...kind, lines: async () => kind.found.slice(0, SHOWN).map(kind.line) })));
}
