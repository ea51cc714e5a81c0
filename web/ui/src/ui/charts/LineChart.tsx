import { scaleLinear, scalePoint } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import { useState } from "react";
import styles from "./charts.module.css";
import { ChartFrame, type ChartProps, colourAt, Tip } from "./frame.tsx";

const top = 10;
const bottom = 24;

/** How something goes on: values over time or a schedule. */
export function LineChart(chart: ChartProps) {
  return <ChartFrame chart={chart}>{width => <Lines chart={chart} width={width} />}</ChartFrame>;
}

function Lines({ chart, width }: { chart: ChartProps; width: number }) {
  const [at, setAt] = useState<number | undefined>();
  const { labels, series, height = 240 } = chart;
  const short = chart.short ?? chart.format;
  const most = Math.max(0, ...series.flatMap(one => one.values));
  const y = scaleLinear()
    .domain([Math.min(0, ...series.flatMap(one => one.values)), most || 1])
    .nice(4)
    .range([height - bottom, top]);
  const ticks = most === 0 ? [0] : y.ticks(4);
  const left = Math.max(...ticks.map(tick => short(tick).length)) * 6.4 + 16;
  const x = scalePoint<number>()
    .domain(labels.map((_, index) => index))
    .range([left, width - 12]);
  const place = (_: number, index: number) => x(index) ?? 0;
  const path = line<number>(place, value => y(value)).curve(curveMonotoneX);
  const fill = area<number>(place, y(0), value => y(value)).curve(curveMonotoneX);
  const every = Math.ceil((labels.length * 52) / Math.max(1, width - left));
  const step = x.step() || width;

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
                <text key={index} x={x(index)} y={height - 6} textAnchor="middle">
                  {label}
                </text>
              ),
          )}
        </g>
        {series.map((one, index) => {
          const colour = one.colour ?? colourAt(index);
          return (
            <g key={one.name} fill="none">
              {index === 0 && <path d={fill(one.values) ?? ""} fill={colour} opacity={0.1} />}
              <path d={path(one.values) ?? ""} stroke={colour} strokeWidth={2} strokeLinejoin="round" />
              {at !== undefined && (
                <circle
                  cx={x(at)}
                  cy={y(one.values[at] ?? 0)}
                  r={4}
                  fill={colour}
                  stroke="var(--surface)"
                  strokeWidth={2}
                />
              )}
            </g>
          );
        })}
        {labels.map((_, index) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the tip repeats what the table says
          <rect
            key={index}
            x={(x(index) ?? 0) - step / 2}
            y={top}
            width={step}
            height={height - bottom - top}
            fill="transparent"
            onMouseEnter={() => setAt(index)}
          />
        ))}
      </svg>
      {at !== undefined && (
        <Tip
          chart={chart}
          index={at}
          x={Math.max(90, Math.min(width - 90, x(at) ?? 0))}
          y={Math.max(40, Math.min(...series.map(one => y(one.values[at] ?? 0))) - 10)}
        />
      )}
    </div>
  );
}
