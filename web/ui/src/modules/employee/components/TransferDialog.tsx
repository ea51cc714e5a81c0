import { today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid, Wide } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import {
  type Person,
  useDepartments,
  usePositions,
  useRehire,
  useTransfer,
  useWorkLocations,
} from "../api.ts";
import { PlaceFields, type PlaceValues, placeBody, placeOf } from "./PlaceFields.tsx";
import { useVersioned } from "./useVersioned.ts";

interface Values extends PlaceValues {
  from: string;
}

interface Props {
  person: Person;
  /** Somebody who has left begins again instead of moving. */
  again?: boolean;
  onClose: () => void;
}

/** Another department, position, site or manager from a day on; or a new beginning there. */
export function TransferDialog({ person, again = false, onClose }: Props) {
  const t = useWords("employee");
  const words = again ? "rehire" : "transfer";
  const transfer = useTransfer(person.id);
  const rehire = useRehire(person.id);
  const versioned = useVersioned<Values>(person, ({ from, ...place }, version) =>
    again
      ? rehire.submitAsync({ body: { hiredOn: from, ...placeBody(place) }, version })
      : transfer.submitAsync({ body: { from, ...placeBody(place) }, version }),
  );
  const form = useForm<Values>({
    initial: { from: person.hiredOn > today() ? person.hiredOn : today(), ...placeOf(person) },
    check: values => ({ [again ? "hiredOn" : "from"]: values.from ? undefined : t("form.dayMissing") }),
    submit: async values => {
      if (!(await versioned.save(values))) return;
      toast(t(`${words}.done`, { name: person.displayName }));
      onClose();
    },
  });
  const labels = usePlaceLabels();
  const { theirs } = versioned;
  const day = form.field("from");
  return (
    <>
      <Dialog
        open={theirs === undefined}
        onClose={onClose}
        title={t(`${words}.title`, { name: person.displayName })}
        onSubmit={form.submit}
        footer={
          <>
            <Button onClick={onClose}>{t("form.cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t(`${words}.save`)}
            </Button>
          </>
        }
      >
        <Stack>
          <FormErrorSummary form={form} />
          <FormGrid>
            <Wide>
              <DateField
                label={t(`${words}.from`)}
                hint={t(`${words}.fromHint`)}
                required
                min={person.hiredOn}
                {...day}
                error={day.error ?? form.errors.hiredOn}
              />
            </Wide>
            <PlaceFields form={form} person={person} />
          </FormGrid>
        </Stack>
      </Dialog>
      {theirs && (
        <ConflictDialog
          open
          busy={form.busy}
          differences={(["positionId", "departmentId", "locationId", "managerId"] as const)
            .filter(name => form.values[name] !== (theirs[name] ?? ""))
            .map(name => ({
              label: t(`field.${name.slice(0, -2)}`),
              mine: labels(form.values[name], person),
              theirs: labels(theirs[name] ?? "", theirs),
            }))}
          onClose={versioned.drop}
          onTakeTheirs={() => {
            form.reset({ from: form.values.from, ...placeOf(theirs) });
            versioned.drop();
          }}
          onKeepMine={form.submit}
        />
      )}
    </>
  );
}

/** The words of what an id stands for in a place. */
function usePlaceLabels() {
  const departments = useDepartments();
  const positions = usePositions();
  const locations = useWorkLocations();
  return (id: string, person: Person) =>
    [...(departments.data ?? []), ...(locations.data ?? [])].find(one => one.id === id)?.name ??
    positions.data?.find(one => one.id === id)?.title ??
    (id === person.managerId ? person.manager : id);
}
