// Routes follow from the menus and from each group's ``routes.ts``; a row whose page is not there yet makes none.

import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from "vue-router";
import { useSession } from "./api/session";
import { pageOf, type PageRoute } from "./pages-there";
import { leaves } from "./shell/menus";
import { place } from "./shell/place";

const groups = import.meta.glob<{ routes: PageRoute[] }>("./pages/*/routes.ts", { eager: true });
const more = Object.values(groups).flatMap((one) => one.routes);
const fromMenus: PageRoute[] = leaves().map(({ leaf }) => ({ ...leaf, menu: leaf.path }));

function record(route: PageRoute): RouteRecordRaw[] {
  const page = pageOf(route.page);
  const meta = { title: route.title, menu: route.menu, permissions: route.permissions, isOpen: route.isOpen };
  return page ? [{ path: route.path, component: page, meta }] : [];
}

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: "/login", component: () => import("./shell/sign-in.vue"), meta: { title: "登录", isOpen: true } },
    { path: "/password", component: () => import("./shell/first-password.vue"), meta: { title: "修改密码", isOpen: true } },
    ...more.filter((one) => one.isOpen).flatMap(record),
    {
      path: "/",
      component: () => import("./shell/shell.vue"),
      children: [...[...fromMenus, ...more.filter((one) => !one.isOpen)].flatMap(record), { path: "/:rest(.*)*", name: "not-found", component: () => import("./shell/not-found.vue"), meta: { title: "没有找到" } }],
    },
  ],
});

router.beforeEach(async (to) => {
  const session = useSession();
  if (to.path === "/login" && (session.me || (await session.recall()))) return destination(to);
  if (to.meta.isOpen) return true;
  if (!session.me && !(await session.recall())) {
    return session.mustChangePassword ? "/password" : { path: "/login", query: to.fullPath === "/" ? {} : { next: to.fullPath } };
  }
  if (to.path === "/" && session.me?.kind === "applicant") return "/registration"; // There is nothing else for him yet.
  const needed = to.meta.permissions as string[] | undefined;
  if (needed?.length && !needed.some((one) => session.may(one))) {
    return { name: "not-found", params: { rest: to.path.slice(1).split("/") }, query: to.query };
  }
  return inPlace(to);
});

router.afterEach((to) => {
  // Where both sides have a page, it is called as one's own menu calls it.
  const own = leaves(useSession().side).find(({ leaf }) => leaf.path === to.path);
  document.title = `${own?.leaf.title ?? String(to.meta.title ?? "")} · 贵州双重预防平台`;
});

/** The place chosen in the head goes along to every page. */
function inPlace(to: RouteLocationNormalized) {
  if (to.query.region) place.value = String(to.query.region);
  else if (place.value) return { ...to, query: { ...to.query, region: place.value }, replace: true };
  return true;
}

/** Where a sign-in leads: to a page of ours and nowhere else. */
export function destination(from: RouteLocationNormalized): string {
  const session = useSession();
  // Who reviews begins with what waits for him, the other regulators with the board.
  const registers = session.me?.kind === "applicant";
  const usual = registers ? "/registration" : session.side === "government" && session.may("stats.supervise") && !session.may("enterprise.review") ? "/board" : "/";
  const wanted = String(from.query.next ?? usual);
  return /^\/(?![/\\])/.test(wanted) ? wanted : usual;
}
