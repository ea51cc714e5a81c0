import { type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { IconButton } from "../Button.tsx";
import styles from "./charts.module.css";

/** Colours in the order in which charts use them; each holds 3:1 on the surface in both themes. */
export const chartColours = [1, 2, 3, 4, 5, 6].map(step => `var(--chart-${step})`);

export function colourAt(index: number): string {
  return chartColours[index % chartColours.length] ?? "var(--chart-6)";
}

export interface Series {
  name: string;
  /** One number for each label. */
  values: number[];
  colour?: string;
}

export interface ChartProps {
  /** Says what is shown; read aloud, and the caption of the table. */
  label: string;
  labels: string[];
  series: Series[];
  /** Long form, for tips and the table. */
  format: (value: number) => string;
  /** Short form, for the axis. */
  short?: (value: number) => string;
  height?: number;
}

/** Legend, picture, and the same numbers as a table for who wants to read them. */
export function ChartFrame({
  chart,
  children,
}: {
  chart: ChartProps;
  children: (width: number) => ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  const [width, box] = useWidth();
  const t = useWords("ui");
  return (
    <figure className={styles.figure}>
      <div className={styles.head}>
        <ul className={styles.legend}>
          {chart.series.map((one, index) => (
            <li key={one.name}>
              <span className={styles.swatch} style={{ background: one.colour ?? colourAt(index) }} />
              {one.name}
            </li>
          ))}
        </ul>
        <IconButton
          size="sm"
          icon={asTable ? "chart" : "table"}
          label={t(asTable ? "chart.asPicture" : "chart.asTable")}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      <div ref={box} style={{ minHeight: asTable ? undefined : (chart.height ?? 240) }}>
        {asTable ? <ChartTable chart={chart} /> : width > 0 && children(width)}
      </div>
      {!asTable && (
        <div className="visually-hidden">
          <ChartTable chart={chart} />
        </div>
      )}
    </figure>
  );
}

function ChartTable({ chart }: { chart: ChartProps }) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{chart.label}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{chart.label}</span>
          </th>
          {chart.series.map(one => (
            <th key={one.name} scope="col">
              {one.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chart.labels.map((label, index) => (
          <tr key={index}>
            <th scope="row">{label}</th>
            {chart.series.map(one => (
              <td key={one.name}>{chart.format(one.values[index] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Tip({ chart, index, x, y }: { chart: ChartProps; index: number; x: number; y: number }) {
  return (
    <div className={styles.tip} style={{ left: x, top: y }} aria-hidden="true">
      <strong>{chart.labels[index]}</strong>
      <ul>
        {chart.series.map((one, number) => (
          <li key={one.name}>
            <span className={styles.swatch} style={{ background: one.colour ?? colourAt(number) }} />
            {one.name}
            <b>{chart.format(one.values[index] ?? 0)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function useWidth(): [number, React.RefObject<HTMLDivElement | null>] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, box];
}
