// What the evidence says of each configuration and workload: held, not held, unknown.
import { subjectTitle } from "../../dataset/subject-title.ts";
import type { DataPoint, Subject } from "../../model/dataset.ts";
import { countText } from "../../report/number.ts";
import type { Figure, LineTrace } from "../figure.ts";
import { plainText } from "../figure.ts";
import type { FigureDefinition, OverlayInputs } from "../overlay.ts";
import { pointKey } from "../overlay.ts";
import { axis, overlayLayout } from "../overlay/layout.ts";
import { shortened } from "../overlay/lines.ts";
import { campaignLetter } from "../overlay/looks.ts";

const verdicts = ["held", "not-held", "unknown"] as const;
type Shown = (typeof verdicts)[number];
const names: Readonly<Record<Shown, string>> = { held: "held", "not-held": "not held", unknown: "unknown" };
const symbols: Readonly<Record<Shown, string>> = { held: "circle", "not-held": "x", unknown: "circle-open" };

export const evidenceFigure: FigureDefinition = {
  id: "evidence",
  number: null,
  title: "Evidence",
  summary:
    "Whether each configuration really held while each workload ran: the worst verdict of the required evidence over all its runs. What is not held or unknown is hatched or crossed in every other figure.",
  subjects: null,
  distributions: false,
  relative: false,
  draw,
};

interface Cell {
  readonly row: number;
  readonly subject: Subject;
  readonly verdict: Shown;
  readonly point: DataPoint;
  readonly campaignId: string;
  readonly hover: string;
}

function draw(inputs: OverlayInputs): Figure | null {
  const { datasets, theme } = inputs;
  const rows = datasets.flatMap((dataset, campaign) =>
    dataset.slots.map((slot) => ({ dataset, campaign, slot, points: judged(dataset.points, slot.slot) })),
  );
  const shown = rows.filter(({ points }) => points.length > 0);
  if (shown.length === 0) return null;
  const subjects = [...new Set(shown.flatMap(({ points }) => points.map(({ subject }) => subject)))];
  const cells = shown.flatMap(({ dataset, slot, points }, row) =>
    subjects.flatMap((subject) =>
      cellOf(points.filter((each) => each.subject === subject)).map(({ verdict, point, counts }): Cell => ({
        row,
        subject,
        verdict,
        point,
        campaignId: dataset.id,
        hover: [slot.label, dataset.name, subjectTitle(subject), ...counts].map(plainText).join("<br>"),
      })),
    ),
  );
  const drawn = [...new Map(shown.map((each) => [each.campaign, each] as const)).values()];
  const layout = overlayLayout(inputs, {
    title: "Evidence: whether each configuration held",
    subject: "startup",
    drawn,
    notes: [],
    legendRows: 1,
  });
  const height = 24 * shown.length;
  return {
    id: "evidence",
    workload: null,
    title: "Evidence",
    data: verdicts.flatMap((verdict) =>
      trace(
        cells.filter((cell) => cell.verdict === verdict),
        verdict,
        inputs,
      ),
    ),
    layout: {
      ...layout,
      height: height + layout.margin.t + 120,
      legend: { ...layout.legend, y: -80 / Math.max(100, height) },
      xaxis: axis(theme, "Workload", { type: "category", showgrid: false }),
      yaxis: axis(theme, "", {
        type: "linear",
        showgrid: false,
        zeroline: false,
        tickvals: shown.map((_, index) => index),
        ticktext: shown.map(({ slot, campaign }) =>
          plainText(
            `${datasets.length > 1 ? `${campaignLetter(campaign)}: ` : ""}${shortened(slot.label, 40)}`,
          ),
        ),
        range: [shown.length - 0.5, -0.5],
      }),
    },
  };
}

/** Secondary metrics are of the same runs. */
function judged(points: readonly DataPoint[], slot: string): DataPoint[] {
  return points.filter((point) => point.slot === slot && point.primary && point.evidence !== null);
}

function cellOf(points: readonly DataPoint[]): { verdict: Shown; point: DataPoint; counts: string[] }[] {
  const counted = verdicts.map((verdict) => ({
    verdict,
    own: points.filter(({ evidence }) => evidence === verdict),
  }));
  const worst = (["not-held", "unknown", "held"] as const).find((verdict) =>
    points.some(({ evidence }) => evidence === verdict),
  );
  const point = points.find(({ evidence }) => evidence === worst);
  if (worst === undefined || point === undefined) return [];
  const counts = counted
    .filter(({ own }) => own.length > 0)
    .map(({ verdict, own }) => `${names[verdict]}: ${countText(own.length, "cell")}`);
  return [{ verdict: worst, point, counts }];
}

function trace(cells: readonly Cell[], verdict: Shown, { theme }: OverlayInputs): LineTrace[] {
  if (cells.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: names[verdict],
      legendgroup: verdict,
      showlegend: true,
      x: cells.map(({ subject }) => subjectTitle(subject)),
      y: cells.map(({ row }) => row),
      hovertext: cells.map(({ hover }) => hover),
      hoverinfo: "text",
      customdata: cells.map(({ campaignId, point }) => pointKey(campaignId, point.id)),
      marker: {
        color: theme.text,
        symbol: symbols[verdict],
        size: 10,
        line: { color: theme.text, width: 1.6 },
      },
    },
  ];
}
