// Which pages are there: every ``.vue`` below ``pages/``, each loaded when somebody goes to it.

const PAGES = import.meta.glob("./pages/**/*.vue");

export interface PageRoute {
  path: string;
  page: string; // below pages/, without its ending
  title: string;
  menu?: string; // the path of the leaf that it belongs to
  permissions?: string[]; // one of them suffices
  isOpen?: boolean; // stands by itself, for whoever has no account
}

export function pageOf(name: string) {
  return PAGES[`./pages/${name}.vue`];
}

export function isThere(name: string): boolean {
  return pageOf(name) !== undefined;
}
