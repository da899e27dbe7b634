// Takes .tare files that are dropped anywhere in the window.
import { useEffect, useState, Suspense } from "react";
import { useImports } from "#renderer/stores/import-store.ts";
import { lazyPage } from "./lazy-page.ts";
import styles from "./import-drop.module.css";

const ImportDialog = lazyPage(async () => (await import("./import-dialog.tsx")).ImportDialog);

export function ImportDrop() {
  const [over, setOver] = useState(false);
  const start = useImports((state) => state.start);
  const some = useImports((state) => state.jobs.length > 0);
  useEffect(() => {
    // Enter and leave come for every element on the way; only their balance tells.
    let depth = 0;
    const count = (change: number) => (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth + change);
      setOver(depth > 0);
    };
    const enter = count(1);
    const leave = count(-1);
    const hover = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = 0;
      setOver(false);
      // A place that takes files itself has taken them.
      if (event.defaultPrevented) return;
      // Or the browser leaves the page for the file.
      event.preventDefault();
      start([...(event.dataTransfer?.files ?? [])]);
    };
    const listeners = [
      ["dragenter", enter],
      ["dragleave", leave],
      ["dragover", hover],
      ["drop", drop],
    ] as const;
    for (const [name, listener] of listeners) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of listeners) document.removeEventListener(name, listener);
    };
  }, [start]);
  return (
    <>
      {over ? (
        <div className={styles.over}>
          <p>Drop .tare files to import them into the library</p>
        </div>
      ) : null}
      <Suspense>{some ? <ImportDialog /> : null}</Suspense>
    </>
  );
}

function carriesFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") === true;
}
