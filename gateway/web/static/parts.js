// Small parts of pages.  Text becomes text nodes always: nothing that comes over the API is read as markup.

export const byId = (id) => document.getElementById(id);

export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

// What a box shows while its service is away, or when it refuses.
export function trouble(error, again) {
  const away = error.isAway;
  const words = away ? "暂不可用" : error.message;
  return el(
    "p",
    { class: "quiet trouble", title: error.requestId ? `请求编号 ${error.requestId}` : "" },
    words,
    away ? el("button", { type: "button", class: "link", onclick: again }, "重试") : null,
  );
}
