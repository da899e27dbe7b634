// What Tare has in force on the hosts of a lab: since when, by whom; undone one by one or all at once.
import { Button, Select } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { hostRoles, type Lab } from "#shared/model/lab.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Page } from "#renderer/components/page.tsx";
import { useLabs } from "#renderer/stores/core-stores.ts";
import { HostSection } from "./host-section.tsx";
import { emptyHostView, hostKey, useHosts } from "./hosts-store.ts";
import styles from "./hosts-page.module.css";

/** `?lab=` chooses the lab; `?look=1` looks at once, `?undo=sut` asks then whether all is to be undone. */
export function HostsPage() {
  const labs = useLabs();
  const [search] = useSearchParams();
  const list = labs.value?.labs;
  if (list === undefined)
    return (
      <Page title="Hosts">{labs.failure === null ? null : <FailureNotice failure={labs.failure} />}</Page>
    );
  const lab = list.find(({ id }) => id === search.get("lab")) ?? list[0];
  if (lab === undefined)
    return (
      <Page title="Hosts">
        <EmptyState
          title="No labs yet"
          actions={
            <Button component={Link} href="/labs/new">
              Add a lab
            </Button>
          }
        >
          <p>
            Here stands what Tare has changed on the machines of a lab, and is undone. Name two machines
            first.
          </p>
        </EmptyState>
      </Page>
    );
  return <LabHosts key={lab.id} lab={lab} labs={list} />;
}

function LabHosts({ lab, labs }: { readonly lab: Lab; readonly labs: readonly Lab[] }) {
  const [search, setSearch] = useSearchParams();
  const { hosts, look } = useHosts();
  const now = useNow();
  const views = hostRoles.map((role) => ({ role, view: hosts.get(hostKey(lab.id, role)) ?? emptyHostView }));
  const busy = views.some(({ view }) => view.busy !== null);
  const looked = views.some(({ view }) => view.look !== null);
  const undo = search.get("undo");
  useLookAtOnce(lab.id, undo !== null || search.get("look") !== null);

  return (
    <Page
      title="Hosts"
      subtitle="What Tare has changed on the machines and not undone yet."
      actions={
        <>
          <Select
            aria-label="Lab"
            data={labs.map(({ id, name }) => ({ value: id, label: name }))}
            value={lab.id}
            onChange={(id) => (id === null ? undefined : setSearch({ lab: id }))}
          />
          <Button
            leftSection={<IconRefresh size={14} stroke={1.8} />}
            loading={busy}
            onClick={() => void look(lab.id)}
          >
            {looked ? "Look again" : "Look at both hosts"}
          </Button>
        </>
      }
    >
      <div className={styles.page}>
        {views.map(({ role, view }) => (
          <HostSection
            key={role}
            labId={lab.id}
            role={role}
            account={`${lab[role].user}@${lab[role].address}`}
            view={view}
            now={now}
            asked={undo === role}
            onAnswered={() => setSearch({ lab: lab.id }, { replace: true })}
          />
        ))}
      </div>
    </Page>
  );
}

function useLookAtOnce(labId: string, wanted: boolean): void {
  const look = useHosts((state) => state.look);
  useEffect(() => {
    const { hosts } = useHosts.getState();
    const busy = hostRoles.some((role) => hosts.get(hostKey(labId, role))?.busy);
    if (wanted && !busy) void look(labId);
  }, [labId, wanted, look]);
}

/** The time, renewed often enough for ages in minutes. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
