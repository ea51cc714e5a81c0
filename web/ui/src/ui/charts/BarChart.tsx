import { scaleBand, scaleLinear } from "d3-scale";
import { useState } from "react";
import styles from "./charts.module.css";
import { ChartFrame, type ChartProps, colourAt, Tip } from "./frame.tsx";

const top = 8;
const bottom = 24;

/** Amounts side by side, a group for each label. */
export function BarChart(chart: ChartProps) {
  return <ChartFrame chart={chart}>{width => <Bars chart={chart} width={width} />}</ChartFrame>;
}

function Bars({ chart, width }: { chart: ChartProps; width: number }) {
  const [at, setAt] = useState<number | undefined>();
  const { labels, series, height = 240 } = chart;
  const short = chart.short ?? chart.format;
  const most = Math.max(0, ...series.flatMap(one => one.values));
  const least = Math.min(0, ...series.flatMap(one => one.values));
  const y = scaleLinear()
    .domain([least, most || 1])
    .nice(4)
    .range([height - bottom, top]);
  const ticks = most === 0 && least === 0 ? [0] : y.ticks(4);
  const left = Math.max(...ticks.map(tick => short(tick).length)) * 6.4 + 12;
  const groups = scaleBand<number>()
    .domain(labels.map((_, index) => index))
    .range([left, width])
    .paddingInner(0.32)
    .paddingOuter(0.16);
  const inner = scaleBand<number>()
    .domain(series.map((_, index) => index))
    .range([0, Math.min(groups.bandwidth(), series.length * 28)])
    .padding(0.06);
  const indent = (groups.bandwidth() - (inner.range()[1] ?? 0)) / 2;
  const every = Math.ceil((labels.length * 38) / Math.max(1, width - left));
  const tipTop = at === undefined ? 0 : Math.min(...series.map(one => y(one.values[at] ?? 0))) - 8;

  return (
    <div style={{ position: "relative" }} onMouseLeave={() => setAt(undefined)} aria-hidden="true">
      <svg className={styles.svg} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <g className={styles.axis}>
          {ticks.map(tick => (
            <g key={tick} transform={`translate(0 ${y(tick)})`}>
              <line x1={left} x2={width} />
              <text x={left - 8} dy="0.32em" textAnchor="end">
                {short(tick)}
              </text>
            </g>
          ))}
          {labels.map(
            (label, index) =>
              index % every === 0 && (
                <text
                  key={index}
                  x={(groups(index) ?? 0) + groups.bandwidth() / 2}
                  y={height - 6}
                  textAnchor="middle"
                >
                  {label}
                </text>
              ),
          )}
        </g>
        {labels.map((_, index) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the tip repeats what the table says
          <g key={index} onMouseEnter={() => setAt(index)}>
            <rect
              className={styles.hover}
              x={(groups(index) ?? 0) - groups.step() * 0.16}
              y={top}
              width={groups.step()}
              height={height - bottom - top}
            />
            {series.map((one, number) => {
              const value = one.values[index] ?? 0;
              return (
                <rect
                  key={one.name}
                  x={(groups(index) ?? 0) + indent + (inner(number) ?? 0)}
                  y={Math.min(y(value), y(0))}
                  width={inner.bandwidth()}
                  height={Math.max(value === 0 ? 0 : 1, Math.abs(y(0) - y(value)))}
                  rx={Math.min(3, inner.bandwidth() / 3)}
                  fill={one.colour ?? colourAt(number)}
                />
              );
            })}
          </g>
        ))}
      </svg>
      {at !== undefined && (
        <Tip
          chart={chart}
          index={at}
          x={Math.max(90, Math.min(width - 90, (groups(at) ?? 0) + groups.bandwidth() / 2))}
          y={Math.max(40, tipTop)}
        />
      )}
    </div>
  );
}
