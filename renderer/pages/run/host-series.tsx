// Both hosts during the last two minutes: CPU time by mode and traffic, from the samplers that accompany each run.
import { useElementSize } from "@mantine/hooks";
import { Section } from "#renderer/components/section.tsx";
import { hostRoles } from "#shared/model/lab.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { significant } from "#shared/report/number.ts";
import { samplesShownMs, type HostSample, type LiveView } from "./live-view.ts";
import { areaPath, linePath, type SeriesPoint } from "./series-path.ts";
import { useNow } from "./use-now.ts";
import styles from "./host-series.module.css";

interface HostSeriesProps {
  readonly samples: LiveView["samples"];
}

export function HostSeries({ samples }: HostSeriesProps) {
  const now = useNow(true);
  return (
    <Section title="Hosts, last 2 minutes" aside="sampled once a second during runs">
      <div className={styles.hosts}>
        {hostRoles.map((role) => (
          <Host key={role} role={role} samples={samples[role]} now={now} />
        ))}
      </div>
    </Section>
  );
}

interface HostProps {
  readonly role: HostRole;
  readonly samples: readonly HostSample[];
  readonly now: number;
}

const titles = { sut: "System under test", loadgen: "Load generator" } as const;

const directions = ["receive", "transmit"] as const;

/** Drawn from the bottom up. */
const modes = [
  { name: "user", of: ({ cpu }: HostSample) => cpu.user },
  { name: "system", of: ({ cpu }: HostSample) => cpu.system },
  { name: "iowait", of: ({ cpu }: HostSample) => cpu.iowait },
  { name: "steal", of: ({ cpu }: HostSample) => cpu.steal },
] as const;

function Host({ role, samples, now }: HostProps) {
  const fresh = samples.filter(({ receivedAt }) => now - receivedAt <= samplesShownMs);
  const last = fresh.at(-1);
  const traffic = 1.1 * Math.max(1e5, ...fresh.flatMap(({ network }) => [network.receive, network.transmit]));
  return (
    <div className={styles.host}>
      <h3 className={styles.title}>{titles[role]}</h3>
      <Plot
        caption="CPU"
        top="100 %"
        legend={modes.map(({ name, of }) => ({
          name,
          text: last === undefined ? "–" : `${Math.round(of(last) * 100)} %`,
        }))}
        bands={cpuBands(fresh, now)}
      />
      <Plot
        caption="Network"
        top={last === undefined ? "" : rateText(traffic)}
        legend={directions.map((name) => ({
          name,
          text: last === undefined ? "–" : rateText(last.network[name]),
        }))}
        lines={directions.map((name) => ({
          name,
          points: fresh.map((sample) => ({
            x: place(sample, now),
            low: 0,
            high: sample.network[name] / traffic,
          })),
        }))}
      />
    </div>
  );
}

interface Series {
  readonly name: string;
  readonly points: readonly SeriesPoint[];
}

interface PlotProps {
  readonly caption: string;
  /** Value at the upper edge. */
  readonly top: string;
  readonly legend: readonly { readonly name: string; readonly text: string }[];
  readonly bands?: readonly Series[];
  readonly lines?: readonly Series[];
}

const height = 52;
const none: readonly Series[] = [];

function Plot({ caption, top, legend, bands = none, lines = none }: PlotProps) {
  const { ref, width } = useElementSize();
  return (
    <figure className={styles.plot}>
      <figcaption className={styles.caption}>
        <span>{caption}</span>
        {legend.map(({ name, text }) => (
          <span key={name} className={styles.entry}>
            <span className={styles.mark} data-mode={name} aria-hidden />
            {name} {text}
          </span>
        ))}
      </figcaption>
      <div ref={ref} className={styles.frame}>
        <svg width={width} height={height} aria-hidden>
          {[0.25, 0.5, 0.75].map((share) => (
            <line key={share} className={styles.minute} x1={width * share} x2={width * share} y2={height} />
          ))}
          {bands.map(({ name, points }) => (
            <path key={name} className={styles.band} data-mode={name} d={areaPath(points, width, height)} />
          ))}
          {lines.map(({ name, points }) => (
            <path key={name} className={styles.line} data-mode={name} d={linePath(points, width, height)} />
          ))}
        </svg>
        <span className={styles.top}>{top}</span>
      </div>
    </figure>
  );
}

/** The modes stacked on each other. */
function cpuBands(samples: readonly HostSample[], now: number): readonly Series[] {
  return modes.map(({ name, of }, index) => ({
    name,
    points: samples.map((sample) => {
      const low = modes.slice(0, index).reduce((sum, below) => sum + below.of(sample), 0);
      return { x: place(sample, now), low, high: low + of(sample) };
    }),
  }));
}

function place({ receivedAt }: HostSample, now: number): number {
  return 1 - (now - receivedAt) / samplesShownMs;
}

/** Network rates are told in bits, as links are. */
function rateText(bytesPerSecond: number): string {
  const bits = bytesPerSecond * 8;
  if (bits >= 1e9) return `${significant(bits / 1e9)} Gb/s`;
  if (bits >= 1e6) return `${significant(bits / 1e6)} Mb/s`;
  return `${significant(bits / 1e3)} kb/s`;
}
