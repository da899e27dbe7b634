// Paths of a small time series; a gap in time is a gap in the drawing.

export interface SeriesPoint {
  /** 0 at the left edge, 1 at the right. */
  readonly x: number;
  /** 0 at the bottom, 1 at the top. */
  readonly low: number;
  readonly high: number;
}

/** Two samples farther apart than this share of the width are not joined: 3 seconds of two minutes. */
const widestStep = 3 / 120;

/** Path of the line through the upper ends. */
export function linePath(points: readonly SeriesPoint[], width: number, height: number): string {
  return stretches(points)
    .map((stretch) => `M${stretch.map(({ x, high }) => at(x * width, (1 - high) * height)).join("L")}`)
    .join("");
}

/** Path of the area between lower and upper ends. */
export function areaPath(points: readonly SeriesPoint[], width: number, height: number): string {
  return stretches(points)
    .map((stretch) => {
      const upper = stretch.map(({ x, high }) => at(x * width, (1 - high) * height));
      const lower = stretch.toReversed().map(({ x, low }) => at(x * width, (1 - low) * height));
      return `M${[...upper, ...lower].join("L")}Z`;
    })
    .join("");
}

function stretches(points: readonly SeriesPoint[]): readonly (readonly SeriesPoint[])[] {
  const found: SeriesPoint[][] = [];
  for (const point of points) {
    const current = found.at(-1);
    const before = current?.at(-1);
    if (current === undefined || before === undefined || point.x - before.x > widestStep) found.push([point]);
    else current.push(point);
  }
  return found;
}

function at(x: number, y: number): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
