import { useWords } from "@/lib/i18n.ts";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import type { useForm } from "@/ui/form.ts";
import { type Person, useDepartments, usePositions, useWorkLocations } from "../api.ts";
import { findPeople } from "../public.ts";

export interface PlaceValues extends Record<string, unknown> {
  departmentId: string;
  positionId: string;
  locationId: string;
  managerId: string;
}

export function placeOf(person?: Person): PlaceValues {
  return {
    departmentId: person?.departmentId ?? "",
    positionId: person?.positionId ?? "",
    locationId: person?.locationId ?? "",
    managerId: person?.managerId ?? "",
  };
}

/** What the API takes: what is empty is left out, and means none. */
export function placeBody(values: PlaceValues) {
  const { departmentId, positionId, locationId, managerId } = values;
  return {
    ...(departmentId && { departmentId }),
    ...(positionId && { positionId }),
    ...(locationId && { locationId }),
    ...(managerId && { managerId }),
  };
}

interface Props {
  form: Pick<ReturnType<typeof useForm<PlaceValues>>, "field">;
  /** Whose place it is now, for the first words in the fields. */
  person?: Person;
}

/** Position, department, site and manager. */
export function PlaceFields({ form, person }: Props) {
  const t = useWords("employee");
  const departments = useDepartments();
  const positions = usePositions();
  const locations = useWorkLocations();
  return (
    <>
      <Combobox
        label={t("field.position")}
        icon="briefcase"
        options={usable(
          positions.data?.map(one => ({ ...one, name: one.title })),
          person?.positionId,
        )}
        {...form.field("positionId")}
      />
      <Combobox
        label={t("field.department")}
        icon="building"
        options={usable(departments.data, person?.departmentId)}
        {...form.field("departmentId")}
      />
      <Combobox
        label={t("field.location")}
        icon="pin"
        options={usable(locations.data, person?.locationId)}
        {...form.field("locationId")}
      />
      <Combobox
        label={t("field.manager")}
        icon="person"
        search={async (query, signal) =>
          (await findPeople(query, signal)).filter(one => one.value !== person?.id)
        }
        selected={person?.managerId ? { value: person.managerId, label: person.manager ?? "" } : undefined}
        {...form.field("managerId")}
      />
    </>
  );
}

/** What somebody can be moved to: nothing archived, apart from what is theirs already. */
function usable(
  all: { id: string; name: string; archived?: boolean }[] | undefined,
  own: string | undefined,
) {
  return (all ?? [])
    .filter(one => !one.archived || one.id === own)
    .map(one => ({ value: one.id, label: one.name }));
}
