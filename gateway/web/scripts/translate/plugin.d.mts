import type { Plugin } from "vite";

export function translates(): Plugin;
