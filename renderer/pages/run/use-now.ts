// The present, once a second, for as long as it is wanted.
import { useEffect, useState } from "react";

/** Milliseconds since 1970; stands still where `running` is false. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
