// Where a campaign stands, as the library and the window show it.
import { z } from "zod";

export const campaignStatusSchema = z.enum([
  "ready",
  "running",
  "paused",
  "interrupted",
  "complete",
  "incomplete",
  "cancelled",
  "failed",
]);
export type CampaignStatus = z.infer<typeof campaignStatusSchema>;
