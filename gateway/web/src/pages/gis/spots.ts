// What stands on the map: parts of a region with their number, single things in the shape of their kind, and groups of them.

import { short } from "@/maps/boundaries";
import { LEVELS, ORDER } from "@/parts/levels";

export interface Spot {
  id: string;
  title: string;
  longitude: number;
  latitude: number;
  size: number;
  html: string; // drawn by us from numbers and shapes alone
  region?: string; // the part that a click enters
  to?: string; // the record to which a click leads
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

interface Kind {
  word: string;
  shape: string;
  colour: string;
}
export type Kinds = Record<string, Kind>;
export type LayerName = "risks" | "enterprises" | "hazards";

/** Each kind has a shape of its own; the statutory colours are those of risk levels alone. */
export const KINDS: Record<LayerName, Kinds> = {
  risks: Object.fromEntries(ORDER.map((level) => [level, { word: LEVELS[level].long, shape: LEVELS[level].shape, colour: `var(--level-${level})` }])),
  enterprises: {
    active: { word: "正常", shape: "M2 15V7L8 2 14 7V15Z", colour: "var(--primary)" },
    suspended: { word: "停产", shape: "M2 15V7L8 2 14 7V15ZM5 9H11V12H5Z", colour: "var(--neutral)" },
  },
  hazards: {
    major: { word: "重大隐患", shape: "M5 1H11L15 5V11L11 15H5L1 11V5Z", colour: "var(--danger)" },
    general: { word: "一般隐患", shape: "M8 4A4 4 0 1 1 8 12 4 4 0 1 1 8 4Z", colour: "var(--warning)" },
  },
};

export function shapeOf(kind: Kind): string {
  return `<svg viewBox="0 0 16 16" aria-hidden="true"><path fill-rule="evenodd" fill="${kind.colour}" d="${kind.shape}"/></svg>`;
}

interface Point {
  id: string;
  name: string;
  note: string | null;
  kind: string;
  longitude: number;
  latitude: number;
}

export function spotOfPoint(point: Point, kinds: Kinds, path: string): Spot {
  const kind = kinds[point.kind]!;
  const title = `${kind.word} ${point.name}${point.note ? `（${point.note}）` : ""}`;
  return { id: point.id, title, longitude: point.longitude, latitude: point.latitude, size: 20, html: shapeOf(kind), to: `${path}/${point.id}` };
}

interface Cluster {
  longitude: number;
  latitude: number;
  count: number;
  kind: string;
}

/** Things too close to be told apart: their number, and the shape of the gravest among them. */
export function spotOfCluster(one: Cluster, kinds: Kinds, unit: string): Spot {
  const kind = kinds[one.kind]!;
  return {
    id: `${one.longitude} ${one.latitude}`, title: `${one.count} ${unit}，含${kind.word}，点击放大`, longitude: one.longitude, latitude: one.latitude,
    size: 30 + Math.min(20, Math.round(Math.sqrt(one.count))), html: `<b>${Number(one.count)}</b><i>${shapeOf(kind)}</i>`,
  };
}

const WIDEST = 2.99; // Degrees a side that the API answers for.

/** West, south, east and north of what is seen, as far from its middle as can be asked for. */
export function boxAround(west: number, south: number, east: number, north: number): string {
  const side = (low: number, high: number) => {
    const middle = (low + high) / 2;
    const half = Math.min((high - low) / 2, WIDEST / 2);
    return [middle - half, middle + half] as const;
  };
  const [left, right] = side(west, east);
  const [bottom, top] = side(south, north);
  return [left, bottom, right, top].map((one) => Math.min(180, Math.max(0, one)).toFixed(6)).join(",");
}
