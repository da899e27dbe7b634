// Catches what a page throws while it renders and shows it in its place; the rest of the window goes on.
import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { failureOf } from "#renderer/api/failure.ts";
import { FailureNotice } from "./failure-notice.tsx";
import styles from "./page.module.css";

interface Props {
  readonly children: ReactNode;
}

// React offers error boundaries as classes only.
export class ErrorBoundary extends Component<Props, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const failure = failureOf(error);
    const detail = failure.detail ?? (error instanceof Error ? error.stack : undefined);
    return (
      <div className={styles.content}>
        <FailureNotice
          failure={detail === undefined ? failure : { ...failure, detail }}
          actions={
            <Button variant="default" onClick={() => this.setState({ error: null })}>
              Show the page again
            </Button>
          }
        />
      </div>
    );
  }
}
