import { Drawer as KitDrawer, Modal } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Button, IconButton } from "./Button.tsx";
import styles from "./Overlay.module.css";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons, the primary one last; give `onSubmit` too and Enter works. */
  footer?: ReactNode;
  onSubmit?: () => void;
  size?: "sm" | "md" | "lg" | "xl";
}

const widths = { sm: 420, md: 540, lg: 760, xl: 1040 };

function Frame({
  title,
  onClose,
  children,
  footer,
  onSubmit,
  Title,
}: DialogProps & { Title: typeof Modal.Title }) {
  const t = useWords("ui");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit?.();
  };
  const inside = (
    <>
      <div className={styles.header}>
        <Title>{title}</Title>
        <IconButton icon="close" size="sm" label={t("dialog.close")} onClick={onClose} />
      </div>
      <div className={styles.body}>{children}</div>
      {footer && <div className={styles.footer}>{footer}</div>}
    </>
  );
  return (
    <div className={styles.column}>
      {onSubmit ? (
        <form noValidate className={styles.form} onSubmit={submit}>
          {inside}
        </form>
      ) : (
        inside
      )}
    </div>
  );
}

/** A question or a short form over the page. */
export function Dialog(props: DialogProps) {
  return (
    <Modal.Root
      opened={props.open}
      onClose={props.onClose}
      size={widths[props.size ?? "md"]}
      yOffset="10dvh"
      radius={12}
    >
      <Modal.Overlay />
      <Modal.Content styles={{ content: { display: "flex", flexDirection: "column" } }}>
        <Frame {...props} Title={Modal.Title} />
      </Modal.Content>
    </Modal.Root>
  );
}

/** The same from the right side, for what should stand beside the page. */
export function Drawer(props: DialogProps) {
  return (
    <KitDrawer.Root
      opened={props.open}
      onClose={props.onClose}
      position="right"
      size={widths[props.size ?? "md"]}
    >
      <KitDrawer.Overlay />
      <KitDrawer.Content>
        <Frame {...props} Title={KitDrawer.Title} />
      </KitDrawer.Content>
    </KitDrawer.Root>
  );
}

export interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  /** What happens, and whether it can be taken back. */
  children: ReactNode;
  /** The verb of the button: "Retire asset". */
  confirm: string;
  danger?: boolean;
  busy?: boolean;
  size?: DialogProps["size"];
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useWords("ui");
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? "sm"}
      onSubmit={props.onConfirm}
      footer={
        <>
          <Button onClick={props.onClose}>{t("dialog.cancel")}</Button>
          <Button
            type="submit"
            variant={props.danger ? "danger" : "primary"}
            loading={props.busy}
            data-autofocus
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      <div className={styles.text}>{props.children}</div>
    </Dialog>
  );
}
