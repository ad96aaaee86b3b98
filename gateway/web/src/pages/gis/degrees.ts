// Where something lies, as a form asks for it: chosen on a map, or two numbers that anybody can type.

import { isEmpty, type FieldSpec } from "@/patterns/form/fields";

/** Of the province, with its borders; what lies outside has been mistyped. */
const PROVINCE = { longitude: [103.5, 109.7], latitude: [24.5, 29.4] } as const;

type Degree = keyof typeof PROVINCE;

function outside(name: Degree): (value: unknown) => string {
  const [low, high] = PROVINCE[name];
  return (value) => (Number(value) < low || Number(value) > high ? `不在贵州省范围内（${low} 至 ${high}），请核对` : "");
}

export const PLACE_ON_MAP: FieldSpec[] = [
  { name: "position", title: "地图位置", as: "own", isUnsent: true },
  { name: "longitude", as: "money", placeholder: "例如：106.713478", unit: "°", isRequired: (model) => !isEmpty(model.latitude), fault: outside("longitude") },
  { name: "latitude", as: "money", placeholder: "例如：26.578343", unit: "°", isRequired: (model) => !isEmpty(model.longitude), fault: outside("latitude"), hint: "WGS-84 坐标，在地图上选点后自动填写" },
];

/** As much of a degree as is kept: a tenth of a metre. */
export const rounded = (degree: number) => Number(degree.toFixed(6));
