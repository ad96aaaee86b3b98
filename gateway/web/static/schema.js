// Schemas of the API as tables of fields: name, what it is called, type, limits; what is inside opens on demand.

import { el } from "/assets/parts.js";

const TYPES = { string: "文字", integer: "整数", number: "数字", boolean: "是/否", array: "列表", object: "一组字段", null: "空" };
const FORMATS = {
  uuid: "UUID", date: "日期", "date-time": "时间（带时区）", decimal: "十进制数", binary: "文件", password: "密码", time: "时刻", uri: "网址",
};
const LIMITS = [
  ["minLength", (v) => `至少 ${v} 字`], ["maxLength", (v) => `至多 ${v} 字`],
  ["minimum", (v) => `≥ ${v}`], ["maximum", (v) => `≤ ${v}`],
  ["exclusiveMinimum", (v) => `> ${v}`], ["exclusiveMaximum", (v) => `< ${v}`],
  ["minItems", (v) => `至少 ${v} 项`], ["maxItems", (v) => `至多 ${v} 项`], ["pattern", (v) => `格式 ${v}`],
];

function resolve(description, schema) {
  return schema.$ref ? schema.$ref.split("/").slice(1).reduce((at, key) => at[key], description) : schema;
}

// What marshmallow writes for a nested field that may be null: anyOf or allOf around the reference.
function core(description, schema) {
  const inner = [...(schema.anyOf || []), ...(schema.allOf || []), ...(schema.oneOf || [])].find((one) => one.type !== "null");
  return resolve(description, inner || schema);
}

const kinds = (schema) => [schema.type || []].flat();

function isNullable(schema) {
  return kinds(schema).includes("null") || (schema.anyOf || schema.oneOf || []).some((one) => one.type === "null");
}

function typeName(description, schema) {
  const found = core(description, schema);
  const names = kinds(found).filter((one) => one !== "null");
  if (names.includes("array")) return `${typeName(description, found.items || {})}的列表`;
  return FORMATS[found.format] || names.map((one) => TYPES[one] || one).join("或") || "任意";
}

function limits(description, schema) {
  const found = { ...core(description, schema), ...schema };
  const told = LIMITS.filter(([name]) => found[name] !== undefined).map(([name, say]) => say(found[name]));
  const words = found["x-words"] || {};
  const choices = (found.enum || []).filter((one) => one !== null);
  if (choices.length) told.push(`可选 ${choices.map((one) => (words[one] ? `${one} ${words[one]}` : one)).join("、")}`);
  if (isNullable(schema)) told.push("可为空");
  if (found.readOnly) told.push("只读");
  if (found.default !== undefined && found.default !== null) told.push(`默认 ${JSON.stringify(found.default)}`);
  if (found.items) told.push(...limits(description, found.items).map((one) => `每项${one}`));
  return told;
}

// The schema whose fields stand inside: the object itself, or what a list holds.
function fieldsOf(description, schema) {
  const found = core(description, schema);
  if (found.items) return fieldsOf(description, found.items);
  return found.properties ? found : null;
}

function nested(description, schema) {
  const inside = fieldsOf(description, schema);
  if (!inside) return null;
  const made = el("details", {}, el("summary", {}, "展开字段"));
  made.addEventListener("toggle", () => {
    if (made.open && made.childElementCount === 1) made.append(schemaOf(description, inside));
  });
  return made;
}

export function table(description, rows, withPlace = false) {
  const head = ["名称", "含义", withPlace ? "位置" : null, "类型", "要求"].filter(Boolean);
  return el(
    "div",
    { class: "fields" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, head.map((word) => el("th", { scope: "col" }, word)))),
      el(
        "tbody",
        {},
        rows.map(({ name, place, required, schema }) =>
          el(
            "tr",
            {},
            el("td", {}, el("code", { class: required ? "required" : null }, name)),
            el("td", {}, schema.title || "", schema.description ? el("p", { class: "quiet" }, schema.description) : null),
            withPlace ? el("td", {}, place) : null,
            el("td", {}, typeName(description, schema), nested(description, schema)),
            el("td", {}, el("ul", { class: "limits" }, limits(description, schema).map((one) => el("li", {}, one)))),
          ),
        ),
      ),
    ),
  );
}

export function schemaOf(description, schema) {
  const found = fieldsOf(description, schema);
  if (!found) return el("p", { class: "small" }, typeName(description, schema));
  const required = new Set(found.required || []);
  const rows = Object.entries(found.properties).map(([name, one]) => ({ name, required: required.has(name), schema: one }));
  return rows.length ? table(description, rows) : el("p", { class: "quiet small" }, "没有字段");
}
