// One figure, drawn by Plotly, which is loaded when the first figure is shown.
import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Figure } from "#shared/figures/figure.ts";
import type { Failure } from "#shared/model/error.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { showFailure } from "#renderer/components/show-failure.ts";
import type { ImageFormat } from "./plotly.ts";
import styles from "./figure-view.module.css";

interface FigureViewProps {
  readonly figure: Figure;
  /** Name of a saved image, without its ending. */
  readonly fileName: string;
  /** Told the key of the result row whose point was clicked. */
  readonly onRow?: (key: string) => void;
}

export function FigureView({ figure, fileName, onRow }: FigureViewProps) {
  const box = useRef<HTMLElement>(null);
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
      if (!gone) await drawFigure(element, { figure, fileName, onPoint: (key) => clicked.current?.(key) });
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
    return () => {
      if (element !== null) void import("./plotly.ts").then(({ purgeFigure }) => purgeFigure(element));
    };
  }, []);

  const save = (format: ImageFormat): void => {
    const element = box.current;
    if (element === null) return;
    import("./plotly.ts")
      .then(({ saveFigure }) => saveFigure(element, { figure, fileName }, format))
      .catch((error: unknown) => showFailure("The figure was not saved", error));
  };

  return (
    <div className={styles.view}>
      {failure === null ? null : <FailureNotice failure={failure} />}
      <figure
        className={styles.figure}
        ref={box}
        aria-label={`${figure.title}. Its values stand in the table below.`}
      />
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
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
