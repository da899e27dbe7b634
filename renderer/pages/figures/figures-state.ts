// What is shown of the figures: in the address, so that it can be linked to and gone back to, and remembered.
import { useCallback, useEffect, useMemo } from "react";
import { useSearchParams } from "wouter";
import type { Labelling } from "#shared/model/claim.ts";
import type { Scale } from "#shared/figures/overlay.ts";
import { idSchema } from "#shared/model/text.ts";

/** At most so many campaigns in one figure. */
export const mostCampaigns = 100;

export interface FiguresChoice {
  /** In the order in which they are drawn. */
  readonly campaigns: readonly string[];
  readonly scale: Scale;
  readonly labelling: Labelling;
  /** Id of the figure that the address names. */
  readonly figure: string | null;
}

const key = "tare.figures";
const words = {
  scale: ["absolute", "relative"],
  labelling: ["measured", "paper"],
} as const satisfies { scale: readonly Scale[]; labelling: readonly Labelling[] };

/** The choice that an address stands for; what it does not say is as it was last time. */
export function choiceOf(
  search: URLSearchParams,
  { own, remembered }: { readonly own: string | null; readonly remembered: Partial<FiguresChoice> },
): FiguresChoice {
  const named = search.get("campaigns");
  const wanted = named === null ? listOf(remembered.campaigns) : named.split(",");
  const campaigns = wanted.filter((id) => idSchema.safeParse(id).success);
  // A campaign's own tab always shows it: first, unless the address puts it elsewhere.
  const all = own === null || campaigns.includes(own) ? campaigns : [own, ...campaigns];
  const one = <T extends string>(values: readonly T[], value: string | null | undefined) =>
    values.find((each) => each === value);
  return {
    campaigns: [...new Set(all)].slice(0, mostCampaigns),
    scale: one(words.scale, search.get("scale")) ?? one(words.scale, remembered.scale) ?? "absolute",
    labelling:
      one(words.labelling, search.get("labelling")) ??
      one(words.labelling, remembered.labelling) ??
      "measured",
    figure: search.get("figure"),
  };
}

/** What was remembered may have been written by another version. */
function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** The reverse of `choiceOf`. */
export function searchOf({ campaigns, scale, labelling, figure }: FiguresChoice): URLSearchParams {
  return new URLSearchParams([
    ["campaigns", campaigns.join(",")],
    ["scale", scale],
    ["labelling", labelling],
    ...(figure === null ? [] : [["figure", figure]]),
  ]);
}

/** `own`: the campaign whose tab this is; null on the page of several. */
export function useFiguresChoice(
  own: string | null,
): [FiguresChoice, (change: Partial<FiguresChoice>) => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const choice = useMemo(
    () => choiceOf(new URLSearchParams(text), { own, remembered: remembered(own) }),
    [text, own],
  );
  useEffect(() => {
    remember(own, choice);
    // An anchor (`#figure-13`) names a figure too; the address says all of the choice, so that it can be passed on.
    const anchor = location.hash.slice(1);
    const whole = anchor === "" ? choice : { ...choice, figure: anchor };
    if (searchOf(whole).toString() !== text) setSearch(searchOf(whole), { replace: true });
  }, [own, choice, text, setSearch]);
  const change = useCallback(
    (part: Partial<FiguresChoice>) => {
      setSearch(
        (before) => searchOf({ ...choiceOf(before, { own, remembered: remembered(own) }), ...part }),
        {
          replace: true,
        },
      );
    },
    [own, setSearch],
  );
  return [choice, change];
}

/** Scale and labelling hold for every page and stay; which campaigns are laid over is each page's own, in this window. */
function remembered(own: string | null): Partial<FiguresChoice> {
  return { ...parsed(localStorage.getItem(key)), ...parsed(sessionStorage.getItem(`${key}.${own ?? ""}`)) };
}

function remember(own: string | null, { campaigns, scale, labelling }: FiguresChoice): void {
  localStorage.setItem(key, JSON.stringify({ scale, labelling }));
  sessionStorage.setItem(`${key}.${own ?? ""}`, JSON.stringify({ campaigns }));
}

function parsed(text: string | null): Partial<FiguresChoice> {
  try {
    const value: unknown = text === null ? null : JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The list with one of its members at another place. */
export function moved<T>(list: readonly T[], member: T, to: number): T[] {
  const rest = list.filter((each) => each !== member);
  return [...rest.slice(0, to), member, ...rest.slice(to)];
}
