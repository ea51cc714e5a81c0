import { arc, pie } from "d3-shape";
import { useFormat } from "@/lib/format.ts";
import { Link } from "../Link.tsx";
import styles from "./charts.module.css";
import { colourAt } from "./frame.tsx";

export interface Part {
  label: string;
  value: number;
  colour?: string;
  /** The list of what the part counts. */
  href?: string;
}

export interface PartsProps {
  /** Says what the whole is. */
  label: string;
  parts: Part[];
  format: (value: number) => string;
}

/** Parts of a whole in one bar; the list below is its legend, its table and its links. */
export function StackedBar({ label, parts, format }: PartsProps) {
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <figure>
      <div className={styles.stacked} aria-hidden="true">
        {parts.map(
          (part, index) =>
            part.value > 0 && (
              <span
                key={part.label}
                style={{ flex: part.value / total, background: part.colour ?? colourAt(index) }}
              />
            ),
        )}
      </div>
      <PartList label={label} parts={parts} format={format} total={total} />
    </figure>
  );
}

/** Parts of a whole as a ring, with the total in the middle. */
export function Donut({ label, parts, format, centre }: PartsProps & { centre: string }) {
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  const shown = parts.map((part, index) => ({ ...part, colour: part.colour ?? colourAt(index) }));
  const slices = pie<(typeof shown)[number]>()
    .value(part => part.value)
    .sort(null)
    .padAngle(shown.filter(part => part.value > 0).length > 1 ? 0.025 : 0)(shown);
  const shape = arc<(typeof slices)[number]>().innerRadius(52).outerRadius(70).cornerRadius(3);
  return (
    <figure className={styles.donut}>
      <svg width={148} height={148} viewBox="-74 -74 148 148" aria-hidden="true">
        {total === 0 && <circle r={61} fill="none" stroke="var(--neutral-soft)" strokeWidth={18} />}
        {total > 0 &&
          slices.map(slice => (
            <path key={slice.data.label} d={shape(slice) ?? ""} fill={slice.data.colour} />
          ))}
        <text className={styles.donutTotal} textAnchor="middle" y={2}>
          {format(total)}
        </text>
        <text className={styles.donutLabel} textAnchor="middle" y={20}>
          {centre}
        </text>
      </svg>
      <PartList label={label} parts={parts} format={format} total={total} />
    </figure>
  );
}

function PartList({ label, parts, format, total }: PartsProps & { total: number }) {
  const words = useFormat();
  return (
    <ul className={styles.parts} aria-label={label}>
      {parts.map((part, index) => {
        const inside = (
          <>
            <span className={styles.swatch} style={{ background: part.colour ?? colourAt(index) }} />
            <span className="truncate">{part.label}</span>
            <b>{format(part.value)}</b>
            <span className={styles.share}>{words.percent(total > 0 ? part.value / total : 0)}</span>
          </>
        );
        return (
          <li key={part.label}>
            {part.href ? (
              <Link href={part.href} className={styles.part}>
                {inside}
              </Link>
            ) : (
              <span className={styles.part}>{inside}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
