// What the library page shows, kept in its address: search, filters, order, the campaign beside the list, the bin.
import { useEffect, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { TableSort } from "#renderer/components/data-table.tsx";
import { passes, readFilters, withFilters, type LibraryFilters } from "./library-filters.ts";
import { useFound } from "./use-found.ts";

const newestFirst: TableSort = { id: "created", desc: true };
const longestText = 500;
const pauseMs = 200;

export function useLibraryView(campaigns: readonly CampaignEntry[] | undefined, generation: number) {
  const [search, setSearch] = useSearchParams();
  const query = search.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(query)), [query]);
  const sortText = search.get("sort");
  const sort = useMemo(() => readSort(sortText), [sortText]);

  const inAddress = search.get("q") ?? "";
  const [typed, setTyped] = useState(inAddress);
  const [kept, setKept] = useState(inAddress);
  // Back and forward change the address under the box.
  if (inAddress !== kept) {
    setKept(inAddress);
    if (inAddress !== typed.trim()) setTyped(inAddress);
  }
  const update = (change: (next: URLSearchParams) => void) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        change(next);
        return next;
      },
      { replace: true },
    );
  const text = typed.trim().slice(0, longestText);
  useEffect(() => {
    if (text === inAddress) return;
    const timer = setTimeout(() => {
      // While the next page is loaded, this one is hidden and not yet gone; it must not lead back.
      if (location.pathname !== "/") return;
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          // The best match comes first; a column clicked while searching orders otherwise.
          if ((next.get("q") ?? "") === "") next.delete("sort");
          put(next, "q", text);
          return next;
        },
        { replace: true },
      );
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text, inAddress, setSearch]);

  const [tries, setTries] = useState(0);
  const found = useFound(text, `${generation} ${tries}`);
  const shown = useMemo(() => {
    const passing = (campaigns ?? []).filter((entry) => passes(entry, filters));
    if (found === null || found.failure !== null) return passing;
    const place = ({ id }: CampaignEntry) => found.places.get(id);
    return passing
      .filter((entry) => place(entry) !== undefined)
      .toSorted((a, b) => (place(a) ?? 0) - (place(b) ?? 0));
  }, [campaigns, filters, found]);

  return {
    typed,
    setText: setTyped,
    searching: text !== "",
    failure: found?.failure ?? null,
    searchAgain: () => setTries((before) => before + 1),
    filters,
    setFilters: (next: LibraryFilters) => setSearch((before) => withFilters(before, next), { replace: true }),
    sort: sort ?? (text === "" ? newestFirst : null),
    setSort: ({ id, desc }: TableSort) => update((next) => next.set("sort", desc ? `-${id}` : id)),
    shown,
    detail: search.get("detail"),
    setDetail: (id: string | null) => update((next) => put(next, "detail", id ?? "")),
    bin: search.get("view") === "bin",
    setBin: (bin: boolean) =>
      setSearch((before) => {
        const next = new URLSearchParams(before);
        put(next, "view", bin ? "bin" : "");
        return next;
      }),
    clear: () => {
      setTyped("");
      setKept("");
      setSearch(new URLSearchParams(), { replace: true });
    },
  };
}

export type LibraryView = ReturnType<typeof useLibraryView>;

function put(search: URLSearchParams, name: string, value: string): void {
  if (value === "") search.delete(name);
  else search.set(name, value);
}

/** `name`, `-created` (from the last to the first). */
function readSort(text: string | null): TableSort | null {
  if (text === null || text === "") return null;
  return text.startsWith("-") ? { id: text.slice(1), desc: true } : { id: text, desc: false };
}
