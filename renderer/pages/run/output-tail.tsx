// The last lines that the running job printed; follows the end unless a person has scrolled away from it.
import { useLayoutEffect, useRef } from "react";
import { CopyButton } from "#renderer/components/copy-button.tsx";
import type { LiveView } from "./live-view.ts";
import styles from "./output-tail.module.css";

export function OutputTail({ output }: { readonly output: LiveView["output"] }) {
  const text = output === null ? "" : output.lines.join("\n");
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    if (text !== "" && follows.current && box.current !== null)
      box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <div className={styles.tail}>
      <div className={styles.head}>
        <span>Output{output?.cut === true ? `, the last ${output.lines.length} lines` : ""}</span>
        <CopyButton text={text} label="Copy the output" />
      </div>
      <pre
        className={styles.text}
        ref={box}
        tabIndex={0}
        aria-label="Output of the run"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          follows.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
      >
        {text === "" ? <span className={styles.none}>Nothing was printed yet.</span> : text}
      </pre>
    </div>
  );
}
