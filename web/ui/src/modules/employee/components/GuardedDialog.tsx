import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid } from "@/ui/Page.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type GuardedGroup, type Person, useChangeGuarded, useGuarded } from "../api.ts";
import { GuardedFields, guardedFields } from "./GuardedFields.tsx";
import { useVersioned } from "./useVersioned.ts";

type Values = Record<string, string>;

function valuesOf(person: Person, group: GuardedGroup): Values {
  const known: Record<string, string | undefined> = { ...person[group] };
  return Object.fromEntries(guardedFields[group].map(name => [name, known[name] ?? ""]));
}

interface Props {
  id: string;
  group: GuardedGroup;
  onClose: () => void;
}

/** Changes papers or account; what is there is read first, which is recorded as a look. */
export function GuardedDialog({ id, group, onClose }: Props) {
  const t = useWords("employee");
  const known = useGuarded(id, group, true);
  if (known.isError) {
    return (
      <Dialog open onClose={onClose} title={t(`${group}.title`)}>
        <ErrorState error={known.error} onRetry={() => void known.refetch()} />
      </Dialog>
    );
  }
  return known.data && !known.isFetching ? (
    <Form person={known.data} group={group} onClose={onClose} />
  ) : null;
}

function Form({ person, group, onClose }: { person: Person; group: GuardedGroup; onClose: () => void }) {
  const t = useWords("employee");
  const change = useChangeGuarded(person.id, group);
  const versioned = useVersioned<Values>(person, (body, version) => change.submitAsync({ body, version }), [
    group,
  ]);
  const form = useForm<Values>({
    initial: valuesOf(person, group),
    submit: async values => {
      const told = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
      if (!(await versioned.save(told))) return;
      toast(t("edit.done"));
      onClose();
    },
  });
  const { theirs } = versioned;
  const label = (name: string) => t(`${group}.${name}`);
  return (
    <>
      <Dialog
        open={theirs === undefined}
        onClose={onClose}
        title={t(`${group}.edit`, { name: person.displayName })}
        onSubmit={form.submit}
        footer={
          <>
            <Button onClick={onClose}>{t("form.cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t("form.save")}
            </Button>
          </>
        }
      >
        <Stack>
          <FormErrorSummary form={form} />
          <FormGrid>
            <GuardedFields group={group} form={form} />
          </FormGrid>
        </Stack>
      </Dialog>
      {theirs && (
        <ConflictDialog
          open
          busy={form.busy}
          differences={guardedFields[group]
            .filter(name => form.values[name] !== valuesOf(theirs, group)[name])
            .map(name => ({
              label: label(name),
              mine: form.values[name] ?? "",
              theirs: valuesOf(theirs, group)[name] ?? "",
            }))}
          onClose={versioned.drop}
          onTakeTheirs={() => {
            form.reset(valuesOf(theirs, group));
            versioned.drop();
          }}
          onKeepMine={form.submit}
        />
      )}
    </>
  );
}
