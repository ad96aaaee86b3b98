// The initials by which somebody types a Chinese title (zdyhjg for 重大隐患监管): read off the order of a dictionary by pinyin.

const order = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
// The first character of each initial in that order; no syllable begins with i, u or v.
const FIRST = "a阿 b八 c嚓 d咑 e婀 f发 g旮 h哈 j丌 k咔 l垃 m妈 n拿 o噢 p妑 q七 r呥 s仨 t他 w屲 x夕 y丫 z帀".split(" ").map((pair) => [pair[0]!, pair[1]!] as const);
// The order knows one reading of each character; people type these as well.
const ALSO: Record<string, string> = { 重: "zc", 行: "xh", 长: "zc", 调: "dt", 单: "ds", 查: "cz", 参: "cs", 率: "ls", 会: "hk", 传: "cz", 度: "dd" };

function initials(character: string): string {
  if (!/[\u4e00-\u9fff]/.test(character)) return character.toLowerCase();
  if (ALSO[character]) return ALSO[character];
  return FIRST.findLast(([, first]) => order.compare(first, character) <= 0)?.[0] ?? "";
}

/** Whether what was typed stands in a title, as it is written or by initials. */
export function isMeant(title: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (!wanted || title.toLowerCase().includes(wanted)) return true;
  const readings = [...title].map(initials);
  return readings.some((_, from) => [...wanted].every((letter, index) => readings[from + index]?.includes(letter)));
}
