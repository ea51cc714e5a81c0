import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type Place, usePlaces, useRemovePlace } from "../api.ts";
import styles from "./asset.module.css";
import { PlaceDialog } from "./PlaceDialog.tsx";

type Editing = { old?: Place; parentId: string } | undefined;

/** The tree of places; a place moves with all that is in it. */
export function PlacesPanel() {
  const t = useWords("asset");
  const places = usePlaces(true);
  const [editing, setEditing] = useState<Editing>();
  const [removing, setRemoving] = useState<Place | undefined>();
  const remove = useRemovePlace(
    () => {
      toast(t("place.removed"));
      setRemoving(undefined);
    },
    error => toast(isProblem(error) ? error.message : t("failed"), { tone: "red" }),
  );
  return (
    <Card
      title={t("setup.places")}
      flush
      actions={
        <Button size="sm" variant="primary" icon="plus" onClick={() => setEditing({ parentId: "" })}>
          {t("place.new")}
        </Button>
      }
    >
      {places.error ? (
        <ErrorState error={places.error} onRetry={() => void places.refetch()} />
      ) : places.isPending ? (
        <SkeletonText lines={5} />
      ) : places.list.length === 0 ? (
        <EmptyState icon="pin" title={t("place.nonePlaces")}>
          {t("place.nonePlacesText")}
        </EmptyState>
      ) : (
        <ul className={styles.tree}>
          {places.list.map(place => (
            <PlaceRow
              key={place.id}
              place={place}
              empty={place.assets === 0 && !places.list.some(one => one.parentId === place.id)}
              onEdit={setEditing}
              onRemove={setRemoving}
            />
          ))}
        </ul>
      )}
      {editing && <PlaceDialog {...editing} all={places.list} onClose={() => setEditing(undefined)} />}
      {removing && (
        <ConfirmDialog
          open
          danger
          busy={remove.busy}
          title={t("place.removeTitle", { name: removing.name })}
          confirm={t("remove")}
          onClose={() => setRemoving(undefined)}
          onConfirm={() => remove.submit(removing)}
        >
          {t("place.removeText")}
        </ConfirmDialog>
      )}
    </Card>
  );
}

interface PlaceRowProps {
  place: Place;
  empty: boolean;
  onEdit: (editing: Editing) => void;
  onRemove: (place: Place) => void;
}

function PlaceRow({ place, empty, onEdit, onRemove }: PlaceRowProps) {
  const t = useWords("asset");
  const format = useFormat();
  const depth = place.path.split(" / ").length - 1;
  return (
    <li className={styles.place} style={{ paddingLeft: 18 + depth * 24 }}>
      <Icon name={depth === 0 ? "building" : "pin"} size={16} />
      <span className={`${styles.placeName} truncate`}>{place.name}</span>
      {place.assets > 0 && (
        <Link href={`/assets?locationId=${place.id}`}>
          {t("place.assets", { count: place.assets, shown: format.number(place.assets) })}
        </Link>
      )}
      <IconButton
        icon="plus"
        size="sm"
        label={t("place.addIn", { name: place.name })}
        onClick={() => onEdit({ parentId: place.id })}
      />
      <IconButton
        icon="edit"
        size="sm"
        label={t("place.edit", { name: place.name })}
        onClick={() => onEdit({ old: place, parentId: place.parentId ?? "" })}
      />
      {empty ? (
        <IconButton
          icon="trash"
          size="sm"
          label={t("place.removeTitle", { name: place.name })}
          onClick={() => onRemove(place)}
        />
      ) : (
        <span className={styles.gap} />
      )}
    </li>
  );
}
