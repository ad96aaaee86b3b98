// The boundaries of counties, and of prefectures as unions of theirs; docs/maps.md tells where they come from.

import type { Feature, FeatureCollection, MultiPolygon, Polygon } from "geojson";
import { feature, merge } from "topojson-client";
import type { Topology, Polygon as TopoPolygon } from "topojson-specification";
import drawn from "./guizhou.json";

interface County {
  code: string;
  name: string;
  city: string;
  city_name: string;
}
export type Place = Feature<Polygon | MultiPolygon, { code: string; name: string }>;
export type Places = FeatureCollection<Polygon | MultiPolygon, { code: string; name: string }>;

const topology = drawn as unknown as Topology<{ counties: { type: "GeometryCollection"; geometries: (TopoPolygon<County> & { properties: County })[] } }>;
const { counties } = topology.objects;

const everyCounty = (feature(topology, counties) as unknown as FeatureCollection<Polygon, County>).features;

export function prefectures(): Places {
  const names = new Map(counties.geometries.map(({ properties }) => [properties.city, properties.city_name]));
  const features = [...names].map(([code, name]): Place => {
    const own = counties.geometries.filter(({ properties }) => properties.city === code);
    return { type: "Feature", properties: { code, name: short(name) }, geometry: merge(topology, own as unknown as TopoPolygon[]) };
  });
  return { type: "FeatureCollection", features };
}

/** The counties of a prefecture, or one county alone. */
export function countiesOf(code: string): Places {
  const own = everyCounty.filter(({ properties }) => (code.length === 6 && code.endsWith("00") ? properties.city === code : properties.code === code.slice(0, 6)));
  return { type: "FeatureCollection", features: own.map((one): Place => ({ ...one, properties: { code: one.properties.code, name: one.properties.name } })) };
}

/** What a map of a region is drawn of: the province's prefectures, a prefecture's counties, a county itself. */
export function partsOf(code: string): Places {
  return /^\d\d0000$/.test(code) ? prefectures() : countiesOf(code);
}

/** West, south, east and north of what is drawn. */
export function boxOf(places: Places): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const widen = (at: unknown): void => {
    if (!Array.isArray(at)) return;
    if (typeof at[0] !== "number") return at.forEach(widen);
    const [x, y] = at as [number, number];
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  };
  places.features.forEach((one) => widen(one.geometry.coordinates));
  return box;
}

/** ``黔东南苗族侗族自治州`` is 黔东南 on a map. */
export function short(name: string): string {
  const people = /(布依族|苗族|侗族|土家族|彝族|回族|仡佬族|水族)+(自治州|自治县)$/;
  return people.test(name) ? name.replace(people, "") || name : name.replace(/市$/, "");
}
