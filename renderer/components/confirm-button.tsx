// A button for what cannot be taken back: asks once, saying what will happen.
import { Button, Group, Modal, type ButtonProps } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";

interface ConfirmButtonProps extends ButtonProps {
  readonly title: string;
  /** What will happen, and what will not. */
  readonly explanation: ReactNode;
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly children: ReactNode;
  readonly "aria-label"?: string;
  readonly tabIndex?: number;
}

export function ConfirmButton({
  title,
  explanation,
  confirm,
  onConfirm,
  children,
  ...rest
}: ConfirmButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" {...rest} onClick={open}>
        {children}
      </Button>
      <Modal opened={opened} onClose={close} title={title} size={480}>
        <div>{explanation}</div>
        <Group justify="flex-end" mt={16}>
          <Button variant="default" data-autofocus onClick={close}>
            Keep
          </Button>
          <Button
            color="red.8"
            onClick={() => {
              close();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
