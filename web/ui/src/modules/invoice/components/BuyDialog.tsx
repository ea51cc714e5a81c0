import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { findPeople } from "@/modules/employee/public.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Drawer } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { type Bill, useBuy, useCategories, usePlaces } from "../bills.ts";

/** Turns a line of a bill into assets, and gives them to somebody if that is wanted. */
export default function BuyDialog({
  bill,
  line,
  onClose,
}: {
  bill: Bill;
  line: number;
  onClose: () => void;
}) {
  const t = useWords("invoice");
  const format = useFormat();
  const buy = useBuy(bill);
  const categories = useCategories();
  const places = usePlaces();
  const of = bill.lines[line - 1];
  const whole = Number(of?.quantity ?? "");
  const form = useForm({
    initial: {
      quantity: Number.isInteger(whole) && whole > 0 && whole <= 200 ? String(whole) : "1",
      name: (of?.description ?? "").slice(0, 200),
      model: "",
      categoryId: "",
      locationId: "",
      holderId: "",
    },
    check: values => ({ categoryId: values.categoryId ? undefined : t("buy.categoryMissing") }),
    submit: async ({ quantity, name, model, categoryId, locationId, holderId }) => {
      const bought = await buy.submitAsync({
        line,
        quantity: Number(quantity),
        name,
        categoryId,
        ...(model && { model }),
        ...(locationId && { locationId }),
        ...(holderId && { holderId }),
      });
      const done = bought.state === "done";
      toast(t(done ? "buy.done" : "buy.waiting", { count: bought.quantity }), { tone: "green" });
      onClose();
    },
  });
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("buy.title", { what: of?.description ?? "" })}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="primary" icon="laptop" loading={form.busy}>
            {t("buy.confirm")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <p>{t("buy.text", { cost: format.money(of?.net ?? "0", bill.currency) })}</p>
        {bill.status === "draft" && <p className="dimmed">{t("buy.records")}</p>}
        <NumberField label={t("buy.quantity")} required digits={0} {...form.field("quantity")} />
        <Combobox
          label={t("buy.category")}
          required
          options={categories.data ?? []}
          {...form.field("categoryId")}
        />
        <TextField label={t("buy.name")} maxLength={200} {...form.field("name")} />
        <TextField label={t("buy.model")} maxLength={100} {...form.field("model")} />
        <Combobox label={t("buy.location")} options={places.data ?? []} {...form.field("locationId")} />
        <Combobox
          label={t("buy.holder")}
          hint={t("buy.holderHint")}
          icon="person"
          search={findPeople}
          {...form.field("holderId")}
        />
      </Stack>
    </Drawer>
  );
}
