// Fields of one SSH server: where it is, who logs in, and how.
import { Select, TextInput } from "@mantine/core";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { fieldError } from "#renderer/components/field-error.ts";
import type { LabForm } from "./lab-form.ts";
import styles from "./lab-fields.module.css";

type Prefix = "sut" | "loadgen" | "sut.jump" | "loadgen.jump";

const authKinds = [
  { value: "agent", label: "SSH agent" },
  { value: "key", label: "Private key file" },
  { value: "password", label: "Password" },
];

const authHints = {
  agent: "Keys that ssh-agent holds.",
  key: "A passphrase is asked for when it is needed and kept in memory only.",
  password: "Asked for when it is needed, kept in memory only, never stored.",
} as const;

export function EndpointFields({ prefix }: { readonly prefix: Prefix }) {
  const { register, control, formState } = useFormContext<LabForm>();
  const kind = useWatch({ control, name: `${prefix}.auth.kind` });
  const error = (field: string) => fieldError(formState.errors, `${prefix}.${field}`);
  return (
    <>
      <div className={styles.address}>
        <TextInput
          label="Address"
          description="Host name or IP address"
          placeholder="198.51.100.7"
          spellCheck={false}
          {...register(`${prefix}.address`)}
          error={error("address")}
        />
        <TextInput
          label="Port"
          description="SSH"
          inputMode="numeric"
          {...register(`${prefix}.port`)}
          error={error("port")}
        />
      </div>
      <div className={styles.pair}>
        <TextInput
          label="Account"
          description="Login name"
          autoComplete="off"
          spellCheck={false}
          {...register(`${prefix}.user`)}
          error={error("user")}
        />
        <Controller
          control={control}
          name={`${prefix}.auth.kind`}
          render={({ field }) => (
            <Select label="Log in with" description="Authentication" data={authKinds} {...field} />
          )}
        />
      </div>
      {kind === "key" ? (
        <TextInput
          label="Private key file"
          description={authHints.key}
          placeholder="~/.ssh/id_ed25519"
          spellCheck={false}
          {...register(`${prefix}.auth.path`)}
          error={error("auth.path")}
        />
      ) : (
        <p className={styles.hint}>{authHints[kind]}</p>
      )}
    </>
  );
}
