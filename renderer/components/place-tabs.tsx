// Tabs that are places: each has its own address, so they are links.
import { Link } from "wouter";
import styles from "./place-tabs.module.css";

interface PlaceTabsProps {
  readonly label: string;
  readonly current: string;
  readonly places: readonly { readonly path: string; readonly href: string; readonly title: string }[];
}

export function PlaceTabs({ label, current, places }: PlaceTabsProps) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {places.map(({ path, href, title }) => (
        <Link
          key={path}
          href={href}
          className={styles.tab}
          aria-current={path === current ? "page" : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
