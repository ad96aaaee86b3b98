// Numbers: tiles that say their unit, the four levels by shape and word, the board of an enterprise's units.

import { count, el, rate } from "/assets/parts.js";

const LEVELS = [["red", "◆", "重大"], ["orange", "▲", "较大"], ["yellow", "■", "一般"], ["blue", "●", "低"]];
const LOW = 80;
const shown = new Map();

// A number that differs from the one shown before flashes its ground once.
export function tiles(list) {
  return el(
    "dl",
    { class: "tiles" },
    list.map(({ code, title, value, unit, more, tone }) => {
      const isFresh = shown.has(code) && shown.get(code) !== value;
      shown.set(code, value);
      return el(
        "div",
        { class: `tile ${tone || ""}${isFresh ? " fresh" : ""}` },
        el("dt", {}, title),
        el("dd", {}, value, el("small", {}, unit)),
        more ? el("dd", { class: "context" }, more) : null,
      );
    }),
  );
}

export function level(code, word) {
  const [, shape, name] = LEVELS.find(([one]) => one === code);
  return el("span", { class: `level ${code}` }, el("span", { "aria-hidden": "true" }, shape), word || name);
}

export function levels(figures) {
  return el(
    "ul",
    { class: "levels", "aria-label": "风险点" },
    el("li", {}, `风险点 ${count(figures.risk_point_count)} 个`),
    LEVELS.map(([code]) => el("li", {}, level(code), count(figures[`${code}_points`]))),
  );
}

function share(value) {
  if (value === null || value === undefined) return [rate(value)];
  const bar = el("span", { class: value < LOW ? "bar low" : "bar", "aria-hidden": "true" }, el("i"));
  bar.firstChild.style.width = `${Math.min(value, 100)}%`;
  return [bar, rate(value)];
}

function row(name, figures, isTotal) {
  return el(
    "tr",
    { class: isTotal ? "total" : null },
    el("td", {}, name),
    el("td", { class: "number" }, count(figures.due_count)),
    el("td", { class: "number" }, count(figures.checked_count)),
    el("td", {}, share(figures.coverage_rate)),
    el("td", {}, share(figures.check_rate)),
    el("td", { class: "number" }, count(figures.general_count)),
    el("td", { class: "number" }, count(figures.major_count)),
    el("td", { class: "number" }, rate(figures.rectified_rate)),
  );
}

export function board({ total, units }) {
  const numbers = new Set(["应查点数", "实查点数", "一般隐患", "重大隐患", "整改率"]);
  const heads = ["单元", "应查点数", "实查点数", "覆盖率", "排查率", "一般隐患", "重大隐患", "整改率"];
  return el(
    "div",
    { class: "scroll board" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, heads.map((word) => el("th", { scope: "col", class: numbers.has(word) ? "number" : null }, word)))),
      el("tbody", {}, row("全企业", total, true), units.map((unit) => row(unit.name || "未归单元", unit, false))),
    ),
  );
}
