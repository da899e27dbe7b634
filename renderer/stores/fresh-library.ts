// The library as a page shows it: read again when the page is opened, and while a campaign in it is under way.
import { useEffect, useState } from "react";
import { useLibrary } from "./core-stores.ts";

const everyMs = 3000;

export function useFreshLibrary(): ReturnType<typeof useLibrary> {
  const library = useLibrary();
  const { value, reload } = library;
  // What was never loaded is being loaded already.
  const [old] = useState(value !== null);
  useEffect(() => {
    if (old) void reload();
  }, [old, reload]);
  const running = value?.campaigns.some(({ status }) => status === "running") ?? false;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void reload(), everyMs);
    return () => clearInterval(timer);
  }, [running, reload]);
  return library;
}
