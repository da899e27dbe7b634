// A ratio as a point with its 95 % interval, over the machine's own noise; 1 is native.
import type { Estimate } from "#shared/model/result.ts";
import type { RatioScale } from "./ratio-scale.ts";
import styles from "./ratio-bar.module.css";

interface RatioBarProps {
  readonly scale: RatioScale;
  readonly ratio: Estimate | null;
  /** A/A control to native: drawn as a band around 1, as far to either side as it reaches to one. */
  readonly floor: Estimate | null;
  readonly color: string;
  /** Grey where the ratio is not distinguishable from native, else the colour of the slot. */
  readonly fill: string;
  /** Pixels, of the bar as of the marks. */
  readonly width: number;
}

const height = 18;
const middle = height / 2;

export function RatioBar({ scale, ratio, floor, color, fill, width }: RatioBarProps) {
  const x = (value: number) => 5 + scale.place(value) * (width - 10);
  const noise =
    floor?.interval == null ? null : Math.max(...floor.interval.map((end) => Math.abs(Math.log(end))));
  return (
    <svg className={styles.bar} viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden>
      {noise === null ? null : (
        <rect
          className={styles.floor}
          x={x(Math.exp(-noise))}
          width={x(Math.exp(noise)) - x(Math.exp(-noise))}
          height={height}
        />
      )}
      <line className={styles.one} x1={x(1)} x2={x(1)} y2={height} />
      {ratio === null ? null : (
        <g style={{ color }}>
          {ratio.interval === null ? null : <Interval scale={scale} interval={ratio.interval} x={x} />}
          <circle className={styles.point} fill={fill} cx={x(ratio.value)} cy={middle} r={3.5} />
        </g>
      )}
    </svg>
  );
}

interface IntervalProps {
  readonly scale: RatioScale;
  readonly interval: readonly [number, number];
  readonly x: (value: number) => number;
}

/** An end beyond the scale is an arrow, not a cap. */
function Interval({ scale, interval: [low, high], x }: IntervalProps) {
  const [left, right] = [x(low), x(high)];
  return (
    <>
      <line className={styles.line} x1={left} x2={right} y1={middle} y2={middle} />
      {low < scale.low ? (
        <path
          className={styles.line}
          d={`M${left + 4} ${middle - 4}L${left} ${middle}L${left + 4} ${middle + 4}`}
        />
      ) : (
        <line className={styles.line} x1={left} x2={left} y1={middle - 4} y2={middle + 4} />
      )}
      {high > scale.high ? (
        <path
          className={styles.line}
          d={`M${right - 4} ${middle - 4}L${right} ${middle}L${right - 4} ${middle + 4}`}
        />
      ) : (
        <line className={styles.line} x1={right} x2={right} y1={middle - 4} y2={middle + 4} />
      )}
    </>
  );
}

/** What stands in place of a ratio that is no result: hatched, without a point. */
export function NoRatioBar({ width }: { readonly width: number }) {
  return <div className={styles.emulated} style={{ width, height: height - 6 }} aria-hidden />;
}

/** The marks of the scale, for the head of the column. */
export function RatioTicks({ scale, width }: Pick<RatioBarProps, "scale" | "width">) {
  return (
    <svg className={styles.bar} viewBox={`0 0 ${width} 14`} width={width} height={14} aria-hidden>
      {scale.ticks.map((tick) => (
        <text
          key={tick}
          className={styles.tick}
          x={5 + scale.place(tick) * (width - 10)}
          y={11}
          textAnchor="middle"
        >
          {tick}
        </text>
      ))}
    </svg>
  );
}
