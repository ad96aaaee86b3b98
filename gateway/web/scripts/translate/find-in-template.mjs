// Finds the Chinese sentences of a template: text together with the values in it, attributes, and literals in bindings.

import { findInCode, isChinese, sentence } from "./find-in-code.mjs";

const [ELEMENT, TEXT, INTERPOLATION, ATTRIBUTE, DIRECTIVE] = [1, 2, 5, 6, 7];
const LOOP = /^[\s\S]*?\s(?:in|of)\s+/;

function condensed(text) {
  return text.replace(/\s+/g, " ");
}

function findInExpression(node, before = "") {
  const source = node.loc.source.slice(before.length);
  const start = node.loc.start.offset + before.length;
  if (!isChinese(source)) return [];
  try {
    return findInCode(`(${source})`, start - 1);
  } catch (fault) {
    if (before) throw fault;
    return findInCode(source, start); // Statements, as handlers have them.
  }
}

function findInProps(element) {
  return element.props.flatMap((prop) => {
    if (prop.type === DIRECTIVE && prop.exp) return findInExpression(prop.exp, prop.name === "for" ? LOOP.exec(prop.exp.loc.source)?.[0] : "");
    if (prop.type !== ATTRIBUTE || !prop.value || !isChinese(prop.value.content)) return [];
    return [{ ...sentence([condensed(prop.value.content)], [], prop.loc.start.offset, prop.loc.end.offset, "attribute"), name: prop.name }];
  });
}

/** Text and values that stand together, one sentence, without the spaces around it. */
function told(run) {
  const pieces = [""];
  const values = [];
  for (const node of run) {
    if (node.type === TEXT) pieces[pieces.length - 1] += condensed(node.content);
    else {
      values.push({ start: node.content.loc.start.offset, end: node.content.loc.end.offset });
      pieces.push("");
    }
  }
  pieces[0] = pieces[0].trimStart();
  pieces[pieces.length - 1] = pieces.at(-1).trimEnd();
  const [first, last] = [run[0].loc, run.at(-1).loc];
  const start = first.start.offset + (first.source.length - first.source.trimStart().length);
  const end = last.end.offset - (last.source.length - last.source.trimEnd().length);
  return sentence(pieces, values, start, end, "text");
}

function runsOf(children) {
  const runs = [[]];
  for (const node of children) {
    if (node.type === TEXT || node.type === INTERPOLATION) runs.at(-1).push(node);
    else runs.push([]);
  }
  return runs.filter((run) => run.length).map(trimmed);
}

function isBlank(node) {
  return node?.type === TEXT && !node.content.trim();
}

function trimmed(run) {
  return run.slice(isBlank(run[0]) ? 1 : 0, isBlank(run.at(-1)) ? -1 : undefined);
}

export function findInTemplate(node) {
  const found = node.type === ELEMENT ? findInProps(node) : [];
  for (const run of runsOf(node.children)) {
    if (run.some((one) => one.type === TEXT && isChinese(one.content))) found.push(told(run));
    for (const one of run) if (one.type === INTERPOLATION) found.push(...findInExpression(one.content));
  }
  for (const child of node.children) if (child.type === ELEMENT) found.push(...findInTemplate(child));
  return found;
}
