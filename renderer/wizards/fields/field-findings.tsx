// What the facts say about a field, right below it.
import { useFieldFindings } from "./findings-context.ts";
import styles from "./form-fields.module.css";

export function FieldFindings({ name }: { readonly name: string }) {
  return useFieldFindings(name).map(({ severity, text }) => (
    <p key={text} className={styles.finding} data-severity={severity}>
      {text}
    </p>
  ));
}
