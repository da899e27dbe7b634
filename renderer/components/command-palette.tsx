// Ctrl+K: go to any place, lab or campaign from the keyboard.
import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useLocation } from "wouter";
import { paperId } from "#shared/model/dataset.ts";
import { useLabs, useLibrary } from "#renderer/stores/core-stores.ts";
import { chooseImports } from "./choose-imports.ts";

export function CommandPalette() {
  const [, navigate] = useLocation();
  const library = useLibrary();
  const labs = useLabs();

  const go = (to: string) => () => navigate(to);
  const groups: SpotlightActionGroupData[] = [
    {
      group: "Places",
      actions: [
        { id: "library", label: "Library", description: "All campaigns", onClick: go("/") },
        {
          id: "figures",
          label: "Figures",
          description: "Of any campaigns, laid over each other",
          onClick: go("/figures"),
        },
        {
          id: "compare",
          label: "Compare",
          description: "What differs between campaigns",
          onClick: go("/compare"),
        },
        { id: "labs", label: "Labs", description: "Pairs of machines", onClick: go("/labs") },
        {
          id: "hosts",
          label: "Hosts",
          description: "What is changed on the machines, and undoing it",
          onClick: go("/hosts"),
        },
        { id: "new", label: "New campaign", description: "Choose what to measure", onClick: go("/new") },
        { id: "add-lab", label: "Add a lab", description: "Name two machines", onClick: go("/labs/new") },
      ],
    },
    {
      group: "Library",
      actions: [
        {
          id: "paper",
          label: "The paper: Felter et al. 2014",
          description: "Its data, read-only",
          onClick: go(`/campaigns/${paperId}`),
        },
        {
          id: "paper-claims",
          label: "The paper's claims",
          description: "Its sentences, judged on its own data",
          onClick: go(`/campaigns/${paperId}/claims`),
        },
        {
          id: "import",
          label: "Import…",
          description: "Campaigns from .tare files",
          onClick: chooseImports,
        },
        {
          id: "archived",
          label: "Archived campaigns",
          description: "What is left out of the list",
          onClick: go("/?archived=only"),
        },
        { id: "bin", label: "Bin", description: "Removed campaigns", onClick: go("/?view=bin") },
      ],
    },
    {
      group: "Campaigns",
      actions: (library.value?.campaigns ?? [])
        .filter(({ id }) => id !== paperId)
        .map(({ id, name, status, lab, tags }) => ({
          id: `campaign-${id}`,
          label: name,
          description: [status, lab, ...tags].join(" · "),
          onClick: go(`/campaigns/${id}`),
        })),
    },
    {
      group: "Labs",
      actions: (labs.value?.labs ?? []).map(({ id, name, sut, loadgen }) => ({
        id: `lab-${id}`,
        label: name,
        description: `${sut.address} and ${loadgen.address}`,
        onClick: go(`/labs/${id}`),
      })),
    },
  ];

  return (
    <Spotlight
      actions={groups.filter(({ actions }) => actions.length > 0)}
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      limit={30}
      nothingFound="Nothing has this name."
      searchProps={{
        leftSection: <IconSearch size={16} stroke={1.6} />,
        placeholder: "Go to a place, a campaign or a lab",
        "aria-label": "Go to",
      }}
    />
  );
}
