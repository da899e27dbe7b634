// A tag of a campaign, or a mark that Tare itself puts there.
import styles from "./tag-label.module.css";

interface TagLabelProps {
  readonly children: string;
  readonly tone?: "mark" | "reference";
}

export function TagLabel({ children, tone }: TagLabelProps) {
  return (
    <span className={styles.tag} data-tone={tone} title={children}>
      {children}
    </span>
  );
}
