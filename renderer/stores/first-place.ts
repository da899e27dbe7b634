// Where a window begins that was opened on a campaign: at its results, once.
import { useEffect } from "react";
import { useLocation } from "wouter";
import { useAppInfo } from "./core-stores.ts";

const key = "tare.opened";

export function useFirstPlace(): void {
  const { value } = useAppInfo();
  const [location, navigate] = useLocation();
  const campaignId = value?.openCampaign ?? null;
  useEffect(() => {
    // Loading the library again must not lead away from it.
    if (campaignId === null || sessionStorage.getItem(key) === campaignId) return;
    sessionStorage.setItem(key, campaignId);
    if (location === "/") navigate(`/campaigns/${encodeURIComponent(campaignId)}/results`, { replace: true });
  }, [campaignId, location, navigate]);
}
