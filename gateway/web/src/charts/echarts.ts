// The parts of ECharts that are used, and nothing else of it; loaded with the first page that draws.

import { BarChart, LineChart, MapChart } from "echarts/charts";
import { AriaComponent, GeoComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as core from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

core.use([BarChart, LineChart, MapChart, AriaComponent, GeoComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export type { ECharts, EChartsCoreOption as Option } from "echarts/core";
export const { init, registerMap } = core;
