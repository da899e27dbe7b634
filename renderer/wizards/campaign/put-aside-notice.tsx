// The sentence over a step that says what was put aside, with the button that brings it back.
import { CloseButton } from "@mantine/core";
import { useFormContext } from "react-hook-form";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { Notice } from "#renderer/components/notice.tsx";
import type { FormContext } from "./campaign-errors.ts";
import type { CampaignForm } from "./campaign-form.ts";
import { offerBack, usePutAside } from "./put-aside.ts";
import styles from "./put-aside-notice.module.css";

export function PutAsideNotice() {
  const form = useFormContext<CampaignForm, FormContext, CampaignDraft>();
  const offer = usePutAside((state) => state.offer);
  return (
    <div role="status" className={styles.place}>
      {offer === null ? null : (
        <Notice severity="info">
          <div className={styles.line}>
            <span>
              {offer.text}{" "}
              <button
                type="button"
                className={styles.back}
                onClick={() => {
                  offerBack(null);
                  offer.onBack(form);
                }}
              >
                {offer.back}
              </button>
            </span>
            <CloseButton size="xs" aria-label="Do not offer this any more" onClick={() => offerBack(null)} />
          </div>
        </Notice>
      )}
    </div>
  );
}
