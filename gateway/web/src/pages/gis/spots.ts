// What stands on the map: parts of a region with their number, or single risk points in the shape of their level.

import { short } from "@/maps/boundaries";
import { LEVELS, type Level } from "@/parts/levels";

export interface Spot {
  id: string;
  title: string;
  longitude: number;
  latitude: number;
  size: number;
  html: string; // drawn by us from numbers and shapes alone
  region?: string; // where a click leads
}

interface Part {
  region: string;
  name: string | null;
  longitude: number | null;
  latitude: number | null;
  count: number;
}

export function spotOfPart(part: Part, unit: string, most: number): Spot | null {
  if (part.longitude === null || part.latitude === null || !part.count) return null;
  const size = 26 + Math.round(26 * Math.sqrt(part.count / Math.max(1, most)));
  return {
    id: part.region, title: `${short(part.name ?? part.region)} ${part.count} ${unit}`, longitude: part.longitude, latitude: part.latitude,
    size, html: `<b>${Number(part.count)}</b>`, region: part.region,
  };
}

interface Point {
  id: string;
  name: string;
  enterprise_name: string;
  level: string;
  longitude: number;
  latitude: number;
}

const FILLS: Record<Level, string> = { red: "#d7000f", orange: "#ff7f00", yellow: "#ffd800", blue: "#0068b7" };

export function spotOfPoint(point: Point): Spot {
  const level = point.level as Level;
  const shape = `<svg viewBox="0 0 16 16" aria-hidden="true"><path fill="${FILLS[level]}" d="${LEVELS[level].shape}"/></svg>`;
  return { id: point.id, title: `${LEVELS[level].long} ${point.name}（${point.enterprise_name}）`, longitude: point.longitude, latitude: point.latitude, size: 20, html: shape };
}

/** Points too close to be told apart become one circle with their number. */
export function gathered(points: Point[], cell: number, above = 200): Spot[] {
  if (points.length <= above) return points.map(spotOfPoint);
  const cells = new Map<string, Point[]>();
  for (const one of points) {
    const key = `${Math.floor(one.longitude / cell)} ${Math.floor(one.latitude / cell)}`;
    cells.set(key, [...(cells.get(key) ?? []), one]);
  }
  const middle = (of: Point[], side: "longitude" | "latitude") => of.reduce((sum, one) => sum + one[side], 0) / of.length;
  return [...cells].map(([key, of]) =>
    of.length === 1 ? spotOfPoint(of[0]!) : { id: key, title: `${of.length} 个风险点`, longitude: middle(of, "longitude"), latitude: middle(of, "latitude"), size: 32, html: `<b>${of.length}</b>` },
  );
}
