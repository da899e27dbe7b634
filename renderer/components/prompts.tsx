// Questions of the core, over any page: is this host's key the right one, a passphrase, a password.
import { Button, Group, Modal, PasswordInput } from "@mantine/core";
import { useEffect, useState, type FormEvent } from "react";
import type { Prompt } from "#shared/contract/prompts.ts";
import { answerPrompt, startPrompts, usePrompts } from "#renderer/stores/prompts-store.ts";
import { CopyButton } from "./copy-button.tsx";
import { showFailure } from "./show-failure.ts";
import styles from "./prompts.module.css";

export function Prompts() {
  const prompt = usePrompts((state) => state.prompts[0]);
  const waiting = usePrompts((state) => state.prompts.length);
  useEffect(() => startPrompts(), []);
  return (
    <Modal
      // Made anew for each question, so that the focus starts where an answer is given.
      key={prompt?.id}
      opened={prompt !== undefined}
      onClose={() => (prompt === undefined ? undefined : send({ kind: "dismiss", id: prompt.id }))}
      title={prompt === undefined ? "" : titles[prompt.kind]}
      closeOnClickOutside={false}
      size={560}
    >
      {prompt === undefined ? null : prompt.kind === "host-key" ? (
        <HostKeyQuestion key={prompt.id} prompt={prompt} />
      ) : (
        <SecretQuestion key={prompt.id} prompt={prompt} />
      )}
      {waiting > 1 ? <p className={styles.more}>{waiting - 1} more to answer after this.</p> : null}
    </Modal>
  );
}

const titles: Readonly<Record<Prompt["kind"], string>> = {
  "host-key": "Is this the right machine?",
  passphrase: "Passphrase of a private key",
  password: "Password",
};

function send(answer: Parameters<typeof answerPrompt>[0]): void {
  answerPrompt(answer).catch((error: unknown) => showFailure("The answer was not taken", error));
}

type OfKind<K extends Prompt["kind"]> = Extract<Prompt, { readonly kind: K }>;

function HostKeyQuestion({ prompt }: { readonly prompt: OfKind<"host-key"> }) {
  const answer = (accept: boolean) => send({ kind: "host-key", id: prompt.id, accept });
  return (
    <div className={styles.question}>
      <p>
        <strong>{prompt.host}</strong> has not been connected to before. It presents this {prompt.keyType}{" "}
        key:
      </p>
      <div className={styles.fingerprint}>
        <code>{prompt.fingerprint}</code>
        <CopyButton text={prompt.fingerprint} label="Copy the fingerprint" />
      </div>
      <p>
        Compare it with what <code>ssh-keygen -lf /etc/ssh/ssh_host_{fileName(prompt.keyType)}_key.pub</code>{" "}
        prints on the machine itself. Accepted, it is added to known_hosts and not asked for again.
      </p>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={() => answer(false)}>
          Refuse
        </Button>
        <Button onClick={() => answer(true)}>Accept the key</Button>
      </Group>
    </div>
  );
}

function fileName(keyType: string): string {
  if (keyType.includes("ed25519")) return "ed25519";
  return keyType.includes("ecdsa") ? "ecdsa" : "rsa";
}

function SecretQuestion({ prompt }: { readonly prompt: OfKind<"passphrase"> | OfKind<"password"> }) {
  const [secret, setSecret] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send({ kind: "secret", id: prompt.id, secret });
  };
  const wrong = prompt.retry ? "The last one was not accepted." : undefined;
  return (
    <form className={styles.question} onSubmit={submit}>
      <p>
        {prompt.kind === "passphrase" ? (
          <>
            The private key <code>{prompt.keyPath}</code>, used for <strong>{prompt.host}</strong>, is
            protected by a passphrase.
          </>
        ) : (
          <>
            Account <strong>{prompt.user}</strong> on <strong>{prompt.host}</strong> logs in with a password.
          </>
        )}
      </p>
      <PasswordInput
        label={prompt.kind === "passphrase" ? "Passphrase" : "Password"}
        description="Kept in memory while Tare runs; never written to a file, log or event."
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        error={wrong}
        autoComplete="off"
        maxLength={4096}
        data-autofocus
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={() => send({ kind: "dismiss", id: prompt.id })}>
          Do not log in
        </Button>
        <Button type="submit">Log in</Button>
      </Group>
    </form>
  );
}
