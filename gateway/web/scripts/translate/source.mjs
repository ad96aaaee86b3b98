// A source file as the build reads it: which files hold sentences, where, and the file with each of them looked up.

import { MagicString, parse } from "vue/compiler-sfc";
import { findInCode } from "./find-in-code.mjs";
import { findInTemplate } from "./find-in-template.mjs";

// What looks sentences up, and a table of characters by their sounds.
const WITHOUT = /\.test\.ts$|\.d\.ts$|^i18n\/|^shell\/pinyin\.ts$/;
const ASK = "t__"; // Nobody writes this name by hand, so nothing hides it.
const NAMED = new RegExp(`\\b${ASK}\\b`);
const IMPORT = `import { t as ${ASK} } from "@/i18n";`;

/** Whether a file, by its path below ``src``, holds sentences. */
export function isSpoken(path) {
  return /\.(ts|vue)$/.test(path) && !WITHOUT.test(path);
}

function parsed(code, path) {
  if (!path.endsWith(".vue")) return { sentences: findInCode(code), from: 0 };
  const { descriptor, errors } = parse(code, { filename: path, sourceMap: false });
  if (errors.length) throw errors[0];
  const scripts = [descriptor.script, descriptor.scriptSetup].filter(Boolean);
  const sentences = scripts.flatMap((script) => findInCode(script.content, script.loc.start.offset));
  if (descriptor.template) sentences.push(...findInTemplate(descriptor.template.ast));
  return { sentences, from: descriptor.scriptSetup?.loc.start.offset };
}

/** The sentences of a file in the order in which they stand there. */
export function sentencesOf(code, path) {
  return parsed(code, path).sentences.sort((one, other) => one.start - other.start);
}

// Quotes, brackets and pairs of braces as escapes: the call may stand in code, in an attribute and between braces.
function quoted(text) {
  return `'${text.replace(/['"`<>&\\\n\r]|(?<=\{)\{|(?<=\})\}/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)}'`;
}

function frameOf(one) {
  if (one.how === "text") return ["{{ ", " }}"];
  if (one.how === "attribute") return [`:${one.name}="`, '"'];
  return ["", ""];
}

function lookUp(file, one) {
  const [open, close] = frameOf(one);
  const head = `${open}${ASK}(${quoted(one.key)}`;
  if (!one.values.length) return file.overwrite(one.start, one.end, `${head})${close}`);
  let from = one.start;
  one.values.forEach((value, index) => {
    file.overwrite(from, value.start, index ? ", " : `${head}, [`);
    from = value.end;
  });
  return file.overwrite(from, one.end, `])${close}`);
}

/** The file with its sentences looked up, or nothing where it holds none. */
export function translated(code, path) {
  const { sentences, from } = parsed(code, path);
  if (!sentences.length) return null;
  if (NAMED.test(code)) throw new Error(`${path} uses the name ${ASK}, which the translation needs`);
  const file = new MagicString(code);
  for (const one of sentences) lookUp(file, one);
  if (from === undefined) file.prepend(`<script setup lang="ts">${IMPORT}</script>`);
  else file.appendRight(from, IMPORT);
  return { code: file.toString(), map: file.generateMap({ hires: true, source: path, includeContent: true }) };
}
