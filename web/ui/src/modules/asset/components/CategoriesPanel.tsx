import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Link } from "@/ui/Link.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type Category, useCategories, useRemoveCategory } from "../api.ts";
import styles from "./asset.module.css";
import { CategoryDialog } from "./CategoryDialog.tsx";

export function CategoriesPanel() {
  const t = useWords("asset");
  const categories = useCategories();
  const [editing, setEditing] = useState<Category | "new" | undefined>();
  const [removing, setRemoving] = useState<Category | undefined>();
  const remove = useRemoveCategory(
    () => {
      toast(t("category.removed"));
      setRemoving(undefined);
    },
    error => toast(isProblem(error) ? error.message : t("failed"), { tone: "red" }),
  );
  const add = (
    <Button size="sm" variant="primary" icon="plus" onClick={() => setEditing("new")}>
      {t("category.new")}
    </Button>
  );
  return (
    <Card title={t("setup.categories")} actions={add} flush>
      {categories.error ? (
        <ErrorState error={categories.error} onRetry={() => void categories.refetch()} />
      ) : categories.isPending ? (
        <SkeletonText lines={5} />
      ) : categories.list.length === 0 ? (
        <EmptyState icon="tag" title={t("category.none")}>
          {t("category.noneText")}
        </EmptyState>
      ) : (
        <CategoryTable list={categories.list} onEdit={setEditing} onRemove={setRemoving} />
      )}
      {editing && (
        <CategoryDialog old={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {removing && (
        <ConfirmDialog
          open
          danger
          busy={remove.busy}
          title={t("category.removeTitle", { name: removing.name })}
          confirm={t("remove")}
          onClose={() => setRemoving(undefined)}
          onConfirm={() => remove.submit(removing)}
        >
          {t("category.removeText")}
        </ConfirmDialog>
      )}
    </Card>
  );
}

interface CategoryTableProps {
  list: Category[];
  onEdit: (category: Category) => void;
  onRemove: (category: Category) => void;
}

function CategoryTable({ list, onEdit, onRemove }: CategoryTableProps) {
  const t = useWords("asset");
  const format = useFormat();
  return (
    <div className={styles.scroll} role="region" aria-label={t("setup.categories")} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("field.name")}</th>
            <th scope="col" className={styles.formula}>
              {t("category.prefix")}
            </th>
            <th scope="col" className={styles.formula}>
              {t("category.plan")}
            </th>
            <th scope="col">{t("category.salvage")}</th>
            <th scope="col">{t("category.assets")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("category.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.map(one => (
            <tr key={one.id}>
              <td>{one.name}</td>
              <td className={styles.formula}>{one.prefix}</td>
              <td className={styles.formula}>
                {one.method === "none"
                  ? t("method.none")
                  : t("category.planIs", { method: t(`method.${one.method}`), count: one.lifeMonths })}
              </td>
              <td>
                {one.method === "none" ? "–" : t("percent", { value: format.number(one.salvagePercent) })}
              </td>
              <td>
                <Link href={`/assets?categoryId=${one.id}`}>{format.number(one.assets)}</Link>
              </td>
              <td>
                <IconButton
                  icon="edit"
                  size="sm"
                  label={t("category.edit", { name: one.name })}
                  onClick={() => onEdit(one)}
                />
                {one.assets === 0 ? (
                  <IconButton
                    icon="trash"
                    size="sm"
                    label={t("category.removeTitle", { name: one.name })}
                    onClick={() => onRemove(one)}
                  />
                ) : (
                  <span className={styles.gap} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
