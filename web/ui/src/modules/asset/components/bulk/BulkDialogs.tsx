import { type ReactNode, useState } from "react";
import { today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { findPeople } from "@/modules/employee/public.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Checkbox } from "@/ui/fields/Checkbox.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import type { Option } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import type { BulkJob } from "@/ui/table/bulk/jobs.ts";
import { useCategories, usePlaces } from "../../api.ts";
import { type BulkAction, type Selected, useBulk } from "../../bulk.ts";
import { Refused } from "../Refused.tsx";

interface BulkDialogProps {
  action: BulkAction;
  selected: Selected;
  onClose: () => void;
  /** With the person, when things are being handed to one. */
  onBegun: (job: BulkJob, to?: Option) => void;
}

/** Asks what a bulk action needs to know; the server does it in the background. */
export function BulkDialog(props: BulkDialogProps) {
  switch (props.action) {
    case "move":
      return <MoveMany {...props} />;
    case "assign":
      return <AssignMany {...props} />;
    case "return":
      return <ReturnMany {...props} />;
    case "retire":
      return <RetireMany {...props} />;
    case "recategorise":
      return <RecategoriseMany {...props} />;
  }
}

interface FrameProps extends BulkDialogProps {
  submit: () => void;
  busy: boolean;
  error: unknown;
  /** What is missing before it can begin. */
  incomplete?: boolean;
  children: ReactNode;
}

function Frame({ action, selected, onClose, submit, busy, error, incomplete = false, children }: FrameProps) {
  const t = useWords("asset");
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title={t(`bulk.title.${action}`, { count: selected.count, shown: selected.shown })}
      onSubmit={() => {
        if (!incomplete) submit();
      }}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            type="submit"
            variant={action === "retire" ? "danger" : "primary"}
            loading={busy}
            disabled={incomplete}
          >
            {t(`bulk.verb.${action}`)}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        <Refused error={error} />
        {children}
      </Stack>
    </Dialog>
  );
}

function MoveMany(props: BulkDialogProps) {
  const t = useWords("asset");
  const places = usePlaces();
  const [to, setTo] = useState("");
  const move = useBulk("move", props.onBegun);
  return (
    <Frame
      {...props}
      busy={move.busy}
      error={move.error}
      submit={() => move.submit({ ...props.selected.selection, ...(to ? { locationId: to } : {}) })}
    >
      <Combobox
        label={t("field.location")}
        icon="pin"
        autoFocus
        value={to}
        onChange={setTo}
        options={places.list.map(place => ({ value: place.id, label: place.path }))}
        hint={to === "" ? t("move.nowhere") : undefined}
      />
    </Frame>
  );
}

function AssignMany(props: BulkDialogProps) {
  const t = useWords("asset");
  const [person, setPerson] = useState<Option | undefined>();
  const [dueOn, setDueOn] = useState("");
  const [transfer, setTransfer] = useState(false);
  const assign = useBulk("assign", job => props.onBegun(job, person));
  return (
    <Frame
      {...props}
      busy={assign.busy}
      error={assign.error}
      incomplete={!person}
      submit={() => {
        if (!person) return;
        assign.submit({
          ...props.selected.selection,
          employeeId: person.value,
          ...(dueOn ? { dueOn } : {}),
          ...(transfer ? { transfer } : {}),
        });
      }}
    >
      <Combobox
        label={t("assign.person")}
        required
        autoFocus
        icon="person"
        search={findPeople}
        value={person?.value ?? ""}
        onChange={(_, option) => setPerson(option)}
      />
      <DateField label={t("field.dueOn")} required={false} min={today()} value={dueOn} onChange={setDueOn} />
      <Checkbox label={t("bulk.transfer")} checked={transfer} onChange={setTransfer} />
    </Frame>
  );
}

function ReturnMany(props: BulkDialogProps) {
  const t = useWords("asset");
  const places = usePlaces();
  const [to, setTo] = useState("");
  const giveBack = useBulk("return", props.onBegun);
  return (
    <Frame
      {...props}
      busy={giveBack.busy}
      error={giveBack.error}
      submit={() => giveBack.submit({ ...props.selected.selection, ...(to ? { locationId: to } : {}) })}
    >
      <Combobox
        label={t("bulk.putAt")}
        required={false}
        icon="pin"
        autoFocus
        value={to}
        onChange={setTo}
        options={places.list.map(place => ({ value: place.id, label: place.path }))}
        hint={to === "" ? t("bulk.staysThere") : undefined}
      />
    </Frame>
  );
}

function RetireMany(props: BulkDialogProps) {
  const t = useWords("asset");
  const [on, setOn] = useState(today());
  const [note, setNote] = useState("");
  const retire = useBulk("retire", props.onBegun);
  return (
    <Frame
      {...props}
      busy={retire.busy}
      error={retire.error}
      submit={() =>
        retire.submit({ ...props.selected.selection, ...(on ? { on } : {}), ...(note ? { note } : {}) })
      }
    >
      <p>{t("bulk.retireText")}</p>
      <DateField label={t("deed.retire.on")} value={on} onChange={setOn} max={today()} />
      <TextField
        label={t("field.note")}
        required={false}
        value={note}
        onChange={setNote}
        maxLength={2000}
        autoFocus
      />
    </Frame>
  );
}

function RecategoriseMany(props: BulkDialogProps) {
  const t = useWords("asset");
  const categories = useCategories();
  const [category, setCategory] = useState("");
  const recategorise = useBulk("recategorise", props.onBegun);
  return (
    <Frame
      {...props}
      busy={recategorise.busy}
      error={recategorise.error}
      incomplete={category === ""}
      submit={() => recategorise.submit({ ...props.selected.selection, categoryId: category })}
    >
      <Combobox
        label={t("field.category")}
        required
        autoFocus
        value={category}
        onChange={setCategory}
        options={categories.list.map(one => ({ value: one.id, label: one.name, note: one.prefix }))}
        hint={t("bulk.categoryText")}
      />
    </Frame>
  );
}
