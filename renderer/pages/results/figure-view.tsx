// One figure, drawn by Plotly, which is loaded when the first figure is shown.
import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Figure } from "#shared/figures/figure.ts";
import type { Provenance } from "#shared/figures/provenance.ts";
import type { Failure } from "#shared/model/error.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { showFailure } from "#renderer/components/show-failure.ts";
import { useFigureTheme } from "#renderer/theme/figure-theme.ts";
import { useAppInfo } from "#renderer/stores/core-stores.ts";
import type { ImageFormat } from "./plotly.ts";
import { saveFigurePage } from "./save-figure-page.ts";
import styles from "./figure-view.module.css";

interface FigureViewProps {
  readonly figure: Figure;
  /** Name of a saved image, without its ending. */
  readonly fileName: string;
  /** What it shows and how to read it, for a saved page. */
  readonly summary?: string;
  /** Where its numbers come from, for a saved page. */
  readonly provenance?: () => readonly Provenance[];
  /** Told the key of the result row whose point was clicked. */
  readonly onRow?: (key: string) => void;
}

export function FigureView({ figure, fileName, summary = "", provenance, onRow }: FigureViewProps) {
  const box = useRef<HTMLElement>(null);
  const theme = useFigureTheme();
  const { value: app } = useAppInfo();
  const [note, setNote] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const clicked = useRef(onRow);
  useEffect(() => {
    clicked.current = onRow;
  }, [onRow]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let gone = false;
    const draw = async (): Promise<void> => {
      const { drawFigure } = await import("./plotly.ts");
      if (gone) return;
      const onPoint = (key: string): void => clicked.current?.(key);
      const drawn = await drawFigure(element, { figure, fileName, onPoint, onDrawn: setNote });
      if (gone) return;
      setNote(drawn);
      setFailure(null);
    };
    draw().catch((error: unknown) => {
      if (!gone) setFailure(failureOf(error));
    });
    return () => {
      gone = true;
    };
  }, [figure, fileName]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    // Plotly follows the window's size; this one follows what opens beside it.
    const observer = new ResizeObserver(() => {
      void import("./plotly.ts").then(({ resizeFigure }) => resizeFigure(element));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      void import("./plotly.ts").then(({ purgeFigure }) => purgeFigure(element));
    };
  }, []);

  const told = (saved: Promise<void>): void => {
    saved.catch((error: unknown) => showFailure("The figure was not saved", error));
  };
  const save = (format: ImageFormat): void => {
    const element = box.current;
    if (element === null) return;
    told(import("./plotly.ts").then(({ saveFigure }) => saveFigure(element, { figure, fileName }, format)));
  };
  const savePage = (): void =>
    told(
      saveFigurePage({
        figure,
        summary,
        provenance: provenance?.() ?? [],
        theme,
        fileName,
        version: app?.version ?? "",
      }),
    );

  return (
    <div className={styles.view}>
      {failure === null ? null : <FailureNotice failure={failure} />}
      <figure
        className={styles.figure}
        ref={box}
        style={figure.layout.height === undefined ? undefined : { height: figure.layout.height }}
        aria-label={`${figure.title}. Its values stand in the table below.`}
      />
      {note === "" ? null : (
        <p className={styles.note} role="status">
          {note}
        </p>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            className={styles.save}
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            Save figure
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save("svg")}>As SVG, for documents</Menu.Item>
          <Menu.Item onClick={() => save("png")}>As PNG, twice its size here</Menu.Item>
          <Menu.Item onClick={savePage}>As HTML, with its values, for anybody</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
