// The description of the API for people: read from /api/openapi.json, drawn when it is opened.

import { byId, el, fill } from "/assets/parts.js";
import { schemaOf, table } from "/assets/schema.js";

const METHODS = ["get", "post", "put", "patch", "delete"];
const PLACES = { path: "地址", query: "查询", header: "请求头" };
const OPEN_TO = { public: "无需登录", signed_in: "登录即可" };
let description = null;

function operations() {
  const found = [];
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of METHODS.filter((one) => item[one])) {
      found.push({ path, method, ...item[method], parameters: [...(item.parameters || []), ...(item[method].parameters || [])] });
    }
  }
  return found;
}

function resolved(thing) {
  return thing.$ref ? thing.$ref.split("/").slice(1).reduce((at, key) => at[key], description) : thing;
}

const badge = (method) => el("span", { class: `method ${method}` }, method.toUpperCase());

function permission(operation) {
  const code = operation["x-permission"];
  return el("span", { class: "permission" }, OPEN_TO[code] || ["权限 ", el("code", {}, code)]);
}

function section(title, ...content) {
  return el("section", {}, el("h3", {}, title), ...content);
}

function parameters(operation) {
  const rows = operation.parameters.map(resolved).map((one) => ({
    name: one.name,
    place: PLACES[one.in],
    required: Boolean(one.required),
    schema: { ...one.schema, description: one.description || one.schema?.description },
  }));
  return rows.length ? section("参数", table(description, rows, true)) : null;
}

function content(parts, empty) {
  const kinds = Object.entries(parts || {});
  if (!kinds.length) return [el("p", { class: "quiet small" }, empty)];
  const binary = kinds.filter(([, one]) => one.schema?.format === "binary").map(([kind]) => kind);
  const shown = kinds.filter(([, one]) => one.schema?.format !== "binary");
  return [
    ...shown.flatMap(([kind, one]) => [el("p", { class: "quiet small" }, kind), schemaOf(description, one.schema)]),
    binary.length ? el("p", { class: "quiet small" }, `文件：${binary.join("，")}`) : null,
  ];
}

function responses(operation) {
  const all = Object.entries(operation.responses).map(([status, one]) => [status, resolved(one)]);
  const good = all.filter(([status]) => status.startsWith("2"));
  const bad = all.filter(([status]) => !status.startsWith("2") && status !== "default");
  return [
    ...good.map(([status, one]) => section(`${status} ${one.description}`, ...content(one.content, "没有内容"))),
    bad.length
      ? section("不成功时", el("ul", { class: "small" }, bad.map(([status, one]) => el("li", {}, `${status} ${one.description}`))))
      : null,
  ];
}

function inside(operation) {
  return el(
    "div",
    { class: "inside" },
    operation.description ? el("p", {}, operation.description) : null,
    parameters(operation),
    operation.requestBody ? section("请求内容", ...content(operation.requestBody.content)) : null,
    responses(operation),
  );
}

function page(operation) {
  const made = el(
    "details",
    { class: "card operation", id: operation.operationId },
    el(
      "summary",
      {},
      badge(operation.method),
      el("span", { class: "what" }, el("strong", {}, operation.summary), el("code", {}, operation.path)),
      permission(operation),
    ),
  );
  made.addEventListener("toggle", () => {
    if (made.open && made.childElementCount === 1) made.append(inside(operation));
  });
  return made;
}

function entry(operation) {
  return el("li", {}, el("a", { href: `#${operation.operationId}` }, badge(operation.method), el("span", {}, operation.summary)));
}

function draw(wanted) {
  const word = wanted.trim().toLowerCase();
  const matches = (one) =>
    !word || `${one.summary} ${one.path} ${one["x-permission"]} ${one.operationId}`.toLowerCase().includes(word);
  const found = operations().filter(matches);
  const groups = description.tags
    .map((tag) => [tag, found.filter((one) => one.tags.includes(tag.name))])
    .filter(([, list]) => list.length);
  const title = (tag) => tag.description || tag.name;
  fill(byId("found"), found.length ? `共 ${found.length} 个接口` : "没有符合条件的接口");
  fill(
    byId("index"),
    groups.map(([tag, list]) =>
      el("details", { open: Boolean(word) }, el("summary", {}, title(tag), el("span", { class: "quiet" }, ` ${list.length}`)), el("ul", {}, list.map(entry))),
    ),
  );
  fill(
    byId("operations"),
    groups.map(([tag, list]) => el("section", { class: "group" }, el("h2", {}, `${title(tag)} ${tag.name}`), list.map(page))),
  );
}

// Text in which code stands between back-ticks.
const marked = (text) => text.split("`").map((part, at) => (at % 2 ? el("code", {}, part) : part));

function introduce() {
  const { info } = description;
  fill(
    byId("introduction"),
    el("h2", {}, `${info.title} · 接口第 ${info.version} 版`),
    el("ul", {}, info.description.split("。").filter(Boolean).map((sentence) => el("li", {}, ...marked(`${sentence}。`)))),
    el("details", {}, el("summary", {}, "错误内容"), schemaOf(description, { $ref: "#/components/schemas/Error" })),
  );
  byId("introduction").hidden = false;
}

function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!named?.classList.contains("operation")) return;
  named.open = true;
  named.scrollIntoView();
}

async function start() {
  try {
    const answer = await fetch("/api/openapi.json");
    if (!answer.ok) throw new Error(String(answer.status));
    description = await answer.json();
  } catch {
    fill(byId("waiting"), "接口说明暂不可用，请稍后刷新页面");
    return;
  }
  byId("waiting").hidden = true;
  introduce();
  draw("");
  openNamed();
  window.addEventListener("hashchange", openNamed);
  byId("search").addEventListener("input", (event) => draw(event.target.value));
}

start();
