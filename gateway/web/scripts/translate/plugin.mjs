// For Vite: the sources below ``src`` with their Chinese sentences looked up in the language that is spoken.

import { join, relative, sep } from "node:path";
import { isSpoken, translated } from "./source.mjs";

export function translates() {
  let sources = "";
  return {
    name: "translates",
    enforce: "pre", // Before Vue compiles the template.
    configResolved: (config) => void (sources = join(config.root, "src")),
    transform(code, id) {
      const path = relative(sources, id).split(sep).join("/");
      const isPart = id.includes("?"); // A part of a file that has been here as a whole.
      return isPart || path.startsWith("..") || !isSpoken(path) ? null : translated(code, path);
    },
  };
}
