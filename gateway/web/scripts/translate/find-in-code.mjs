// Finds the Chinese sentences of a piece of TypeScript: string and template literals that people will read.

import { babelParse, walk } from "vue/compiler-sfc";

const CHINESE = /[\u4e00-\u9fff\u3001\u3002\u3008-\u3011\uff01-\uff1f]/;
const PLACE = /\{\d+\}/;
const KEPT = "asWritten"; // The function of ``@/i18n`` around what is data and no sentence.

export function isChinese(text) {
  return CHINESE.test(text);
}

/** A sentence where it stands: the key, from where to where, and where the values stand that are put into it. */
export function sentence(pieces, values, start, end, how) {
  const key = pieces.map((piece, index) => (index ? `{${index - 1}}` : "") + piece).join("");
  if (pieces.some((piece) => PLACE.test(piece))) throw new Error(`a place for a value stands written out in “${key}”`);
  return { key, values, start, end, how };
}

function isType(node) {
  return node.type.startsWith("TS") && !("expression" in node);
}

function isName(node, parent, prop) {
  const isKey = prop === "key" && !parent.computed;
  return isKey || (prop === "source" && /^(Import|Export)/.test(parent.type)) || parent.type === "ImportExpression";
}

/** The sentences of code that stands ``at`` so far into its file. */
export function findInCode(code, at = 0) {
  const found = [];
  if (!isChinese(code)) return found;
  walk(babelParse(code, { sourceType: "module", plugins: ["typescript"] }).program, {
    enter(node, parent, prop) {
      if (isType(node) || (node.type === "CallExpression" && node.callee.name === KEPT)) return this.skip();
      if (node.type === "StringLiteral" && isChinese(node.value) && !isName(node, parent, prop)) {
        found.push(sentence([node.value], [], at + node.start, at + node.end, "code"));
      } else if (node.type === "TemplateLiteral" && node.quasis.some((one) => isChinese(one.value.cooked))) {
        if (parent.type === "TaggedTemplateExpression") throw new Error(`a tag before Chinese: ${code.slice(node.start, node.end)}`);
        const values = node.expressions.map((one) => ({ start: at + one.start, end: at + one.end }));
        found.push(sentence(node.quasis.map((one) => one.value.cooked), values, at + node.start, at + node.end, "code"));
      }
    },
  });
  return found;
}
