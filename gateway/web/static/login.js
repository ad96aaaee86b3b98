// Signing in, and the change of password that a first or an old one asks for.

import { call, get, hasSession, post } from "/assets/api.js";
import { byId, fill } from "/assets/parts.js";

const HINTS = {
  regulator: "政府用户由本部门系统管理员开立；初始密码 72 小时内有效，首次登录须修改。",
  enterprise: "企业用户由本企业管理员开立；初始密码 72 小时内有效，首次登录须修改。",
};
const CHANGE = {
  first: ["修改密码", "首次登录或密码已到期，请先设置您自己的密码。修改后，其他设备上的登录会全部退出。"],
  own: ["修改密码", "修改后，其他设备上的登录会全部退出。"],
};
let captchaId = null;

function destination() {
  const wanted = new URLSearchParams(location.search).get("next") || "/";
  return /^\/(?![/\\])/.test(wanted) ? wanted : "/";
}

function choose(kind) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.dataset.kind === kind;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) byId("sign-in").setAttribute("aria-labelledby", tab.id);
  }
  fill(byId("entry-hint"), HINTS[kind]);
  try {
    localStorage.setItem("entrance", kind);
  } catch {
    // A browser that keeps nothing only forgets which tab was chosen.
  }
}

function lastEntrance() {
  try {
    return localStorage.getItem("entrance") === "enterprise" ? "enterprise" : "regulator";
  } catch {
    return "regulator";
  }
}

function say(id, text) {
  byId(id).hidden = !text;
  fill(byId(id), text || "");
}

function mark(form, faults) {
  for (const input of form.querySelectorAll("input:not(.account)")) {
    const told = input.closest("form > div").querySelector(".fault");
    const words = faults[input.name];
    input.toggleAttribute("aria-invalid", false);
    if (words) input.setAttribute("aria-invalid", "true");
    if (told) {
      told.hidden = !words;
      fill(told, words || "");
    }
  }
  form.querySelector("[aria-invalid=true]")?.focus();
}

async function showCaptcha() {
  byId("captcha").hidden = false;
  byId("captcha_text").value = "";
  try {
    const fresh = await get("/auth/captcha");
    captchaId = fresh.captcha_id;
    byId("captcha-image").src = fresh.image;
  } catch (error) {
    say("sign-in-fault", error.message);
  }
}

// A second press while the first is on its way does nothing; a pause that the server asks for is counted down.
async function once(form, send) {
  const button = form.querySelector("[type=submit]");
  if (button.dataset.busy !== undefined) return;
  button.dataset.busy = "";
  try {
    await send();
  } catch (error) {
    if (error.status === 429) await countDown(button, error.retryAfter || 30);
  } finally {
    delete button.dataset.busy;
  }
}

async function countDown(button, seconds) {
  const words = button.textContent;
  for (let rest = Math.min(seconds, 900); rest > 0; rest -= 1) {
    fill(button, `请 ${rest} 秒后再试`);
    await new Promise((done) => setTimeout(done, 1000));
  }
  fill(button, words);
}

async function signIn() {
  const form = byId("sign-in");
  const { username, password, captcha_text: text } = form.elements;
  const asked = !byId("captcha").hidden;
  const faults = {};
  if (!username.value.trim()) faults.username = "请输入用户名";
  if (!password.value) faults.password = "请输入密码";
  if (asked && !text.value.trim()) faults.captcha_text = "请输入图片中的 4 个字符";
  say("sign-in-fault", "");
  mark(form, faults);
  if (Object.keys(faults).length) return;
  const body = { username: username.value.trim(), password: password.value, carrier: "cookie" };
  if (asked) Object.assign(body, { captcha_id: captchaId, captcha_text: text.value.trim() });
  try {
    const opened = await post("/auth/login", body);
    if (opened.must_change_password) showChange("first", body.username, body.password);
    else location.replace(destination());
  } catch (error) {
    await refused(form, error, asked);
    throw error;
  }
}

async function refused(form, error, asked) {
  const needsCaptcha = error.details.captcha === "required" || error.code.startsWith("captcha.");
  if (asked || needsCaptcha) await showCaptcha();
  if (error.code.startsWith("captcha.")) mark(form, { captcha_text: error.message });
  else {
    say("sign-in-fault", error.message);
    form.elements.password.select();
  }
}

function showChange(why, username, oldPassword = "") {
  byId("entry").hidden = byId("sign-in").hidden = true;
  const form = byId("change");
  form.hidden = false;
  fill(byId("change-title"), CHANGE[why][0]);
  fill(byId("change-reason"), CHANGE[why][1]);
  form.elements.username.value = username;
  form.elements.old_password.value = oldPassword;
  fill(byId("leave"), why === "own" ? "返回首页" : "退出登录");
  byId("leave").onclick = why === "own" ? () => location.replace("/") : leave;
  form.elements[oldPassword ? "new_password" : "old_password"].focus();
}

async function leave() {
  await call("POST", "/auth/logout", {}).catch(() => null);
  location.replace("/login");
}

async function changePassword() {
  const form = byId("change");
  const { old_password: old, new_password: fresh, again } = form.elements;
  const faults = {};
  if (!old.value) faults.old_password = "请输入原密码";
  if (!fresh.value) faults.new_password = "请输入新密码";
  else if (fresh.value !== again.value) faults.again = "两次输入的新密码不一致";
  say("change-fault", "");
  mark(form, faults);
  if (Object.keys(faults).length) return;
  try {
    await post("/auth/password", { old_password: old.value, new_password: fresh.value });
    location.replace(destination());
  } catch (error) {
    if (error.status === 401) showSignIn(error.message);
    else if (error.details.old_password || error.details.new_password) mark(form, error.details);
    else if (error.code.startsWith("password.")) mark(form, { new_password: error.message });
    else say("change-fault", error.message);
    throw error;
  }
}

function showSignIn(words = "") {
  byId("change").hidden = true;
  byId("entry").hidden = byId("sign-in").hidden = false;
  say("sign-in-fault", words);
  byId("username").focus();
}

// Who is signed in already goes on; who has to change the password does that first.
async function start() {
  choose(lastEntrance());
  if (!hasSession()) return showSignIn();
  try {
    const me = await get("/me");
    if (location.hash === "#password") showChange("own", me.username);
    else location.replace(destination());
  } catch (error) {
    if (error.code === "auth.password_change_required") showChange("first", "");
    else showSignIn(error.isAway ? error.message : "");
  }
}

for (const tab of document.querySelectorAll("[role=tab]")) {
  tab.addEventListener("click", () => choose(tab.dataset.kind));
  tab.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = byId(tab.dataset.kind === "regulator" ? "tab-enterprise" : "tab-regulator");
    choose(other.dataset.kind);
    other.focus();
  });
}
for (const button of document.querySelectorAll("[data-shows]")) {
  button.addEventListener("click", () => {
    const input = byId(button.dataset.shows);
    input.type = input.type === "password" ? "text" : "password";
    fill(button, input.type === "password" ? "显示" : "隐藏");
  });
}
byId("captcha-again").addEventListener("click", showCaptcha);
for (const [id, send] of [["sign-in", signIn], ["change", changePassword]]) {
  byId(id).addEventListener("submit", (event) => {
    event.preventDefault();
    once(byId(id), send);
  });
}
start();
