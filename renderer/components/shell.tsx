// The frame of the window: rail at the left, page at the right, a bar over both while the core is away.
import { ActionIcon, Kbd, Tooltip, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import {
  IconArrowBackUp,
  IconArrowsDiff,
  IconChartBar,
  IconDeviceDesktop,
  IconFlask,
  IconMoon,
  IconPlus,
  IconSearch,
  IconServer2,
  IconSun,
} from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useAppInfo } from "#renderer/stores/core-stores.ts";
import { ConnectionBar } from "./connection-bar.tsx";
import styles from "./shell.module.css";

const places = [
  { to: "/", label: "Library", icon: IconFlask, under: ["/campaigns"] },
  { to: "/figures", label: "Figures", icon: IconChartBar, under: ["/figures"] },
  { to: "/compare", label: "Compare", icon: IconArrowsDiff, under: ["/compare"] },
  { to: "/labs", label: "Labs", icon: IconServer2, under: ["/labs"] },
  { to: "/hosts", label: "Hosts", icon: IconArrowBackUp, under: ["/hosts"] },
  { to: "/new", label: "New campaign", icon: IconPlus, under: ["/new", "/plan"] },
] as const;

export function Shell({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  useFocusOnNavigation(main, location);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main" onClick={(event) => skipTo(event, main.current)}>
        Skip to the page
      </a>
      <nav className={styles.rail} aria-label="Places">
        <Link href="/" className={styles.brand} aria-label="Tare, to the library">
          <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden>
            <path d="M4 8h24M16 8v18M9 27h14" />
            <rect x="4" y="12.5" width="6.5" height="6.5" rx="1" />
            <rect x="21.5" y="12.5" width="6.5" height="6.5" rx="1" data-load />
          </svg>
          <span className={styles.word}>Tare</span>
        </Link>
        {places.map(({ to, label, icon: Icon, under }) => (
          <Tooltip
            key={to}
            label={label}
            position="right"
            events={{ hover: true, focus: true, touch: false }}
          >
            <Link
              href={to}
              className={styles.place}
              aria-current={
                location === to || under.some((path) => location.startsWith(path)) ? "page" : undefined
              }
            >
              <Icon size={17} stroke={1.6} aria-hidden />
              <span className={styles.word}>{label}</span>
            </Link>
          </Tooltip>
        ))}
        <div className={styles.foot}>
          <UnstyledButton className={styles.place} onClick={spotlight.open} aria-keyshortcuts="Control+K">
            <IconSearch size={17} stroke={1.6} aria-hidden />
            <span className={styles.word}>Go to</span>
            <Kbd size="xs" className={styles.word}>
              Ctrl K
            </Kbd>
          </UnstyledButton>
          <div className={styles.last}>
            <SchemeSwitch />
            <Version />
          </div>
        </div>
      </nav>
      <div className={styles.side}>
        <ConnectionBar />
        <main className={styles.main} id="main" ref={main} tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

function Version() {
  const { value } = useAppInfo();
  return value === null ? null : <span className={`${styles.word} ${styles.version}`}>{value.version}</span>;
}

const schemes = { auto: "light", light: "dark", dark: "auto" } as const;
const schemeIcons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;
const schemeTitles = { auto: "as the system", light: "light", dark: "dark" } as const;

function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = schemeIcons[colorScheme];
  const next = schemes[colorScheme];
  const label = `Colors: ${schemeTitles[colorScheme]}. Switch to ${schemeTitles[next]}`;
  return (
    <Tooltip label={label} position="right">
      <ActionIcon aria-label={label} onClick={() => setColorScheme(next)}>
        <Icon size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

/** After a change of place the keyboard goes on in the new page, not in the rail: in its step, where it is a wizard. */
function useFocusOnNavigation(main: React.RefObject<HTMLElement | null>, location: string): void {
  const before = useRef(location);
  useEffect(() => {
    if (before.current === location) return;
    before.current = location;
    const step = main.current?.querySelector<HTMLElement>("[data-arrival]");
    (step ?? main.current)?.focus({ preventScroll: true });
  }, [location, main]);
}

function skipTo(event: React.MouseEvent, target: HTMLElement | null): void {
  event.preventDefault();
  target?.focus();
}
