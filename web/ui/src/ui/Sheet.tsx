import { Modal } from "@mantine/core";
import type { ReactNode } from "react";

/** A bare panel over the page, for what brings its own head: the palette. */
export function Sheet({
  label,
  onClose,
  children,
}: {
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={600}
      yOffset="11dvh"
      radius={12}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={label} style={{ overflow: "hidden" }}>
        {children}
      </Modal.Content>
    </Modal.Root>
  );
}
