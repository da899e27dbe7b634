// A remark in the journal, which a resumed campaign does not repeat.
import type { Stage } from "./stage.ts";

export async function remarkOnce({ recorder }: Pick<Stage, "recorder">, text: string): Promise<void> {
  if (!recorder.state().remarks.includes(text)) await recorder.record({ type: "remark", text });
}
