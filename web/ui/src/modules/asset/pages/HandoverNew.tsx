import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { useUrlState } from "@/lib/url.ts";
import { findPeople } from "@/modules/employee/public.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Checkbox, Segments } from "@/ui/fields/Checkbox.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import type { Option } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { useGo } from "@/ui/Link.tsx";
import { FormFooter, FormGrid, Page } from "@/ui/Page.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "../components/handover/handover.module.css";
import { type Candidate, type HandoverKind, useCandidates, useDrawUp } from "../handovers.ts";

/** One document over what somebody holds and has not confirmed, or over what they gave back. */
export default function HandoverNew() {
  const t = useWords("asset");
  const [url, setUrl] = useUrlState({ kind: "handover", personId: "", person: "" });
  const kind: HandoverKind = url.kind === "return" ? "return" : "handover";
  const candidates = useCandidates(url.personId, kind);
  const name = url.person || candidates.data?.[0]?.personName;
  return (
    <Page
      title={t("handover.new")}
      width="form"
      back={{ href: "/assets/handovers", label: t("handover.title") }}
    >
      <Card>
        <FormGrid>
          <div>
            <div className={styles.label}>{t("handover.kindTitle")}</div>
            <Segments
              label={t("handover.kindTitle")}
              value={kind}
              onChange={next => setUrl({ kind: next })}
              options={["handover", "return"].map(value => ({ value, label: t(`handover.kind.${value}`) }))}
            />
          </div>
          <Combobox
            label={t("handover.person")}
            required
            icon="person"
            autoFocus={url.personId === ""}
            search={kind === "return" ? findAnybody : findPeople}
            selected={url.personId && name ? { value: url.personId, label: name } : undefined}
            value={url.personId}
            onChange={(personId, option) => setUrl({ personId, person: option?.label ?? "" })}
          />
        </FormGrid>
      </Card>
      {url.personId === "" ? (
        <EmptyState icon="person" title={t("handover.choosePerson")}>
          {t("handover.choosePersonText")}
        </EmptyState>
      ) : candidates.error ? (
        <ErrorState error={candidates.error} onRetry={() => void candidates.refetch()} />
      ) : candidates.isPending ? (
        <SkeletonText lines={5} />
      ) : candidates.data.length === 0 ? (
        <EmptyState icon="check" title={t(`handover.nothing.${kind}`)}>
          {t(`handover.nothingText.${kind}`)}
        </EmptyState>
      ) : (
        <Items
          key={`${kind} ${url.personId}`}
          kind={kind}
          personId={url.personId}
          candidates={candidates.data}
        />
      )}
    </Page>
  );
}

/** Who gave something back may have left since. */
async function findAnybody(query: string, signal: AbortSignal): Promise<Option[]> {
  const found = await api.get("/api/v1/employees", {
    params: { query: { limit: 20, ...(query ? { q: query } : {}) } },
    signal,
  });
  return (found.items ?? []).map(person => ({
    value: person.id,
    label: person.displayName,
    note: [person.number, person.department].filter(Boolean).join(" · "),
  }));
}

interface ItemsProps {
  kind: HandoverKind;
  personId: string;
  candidates: Candidate[];
}

interface Draft {
  on: boolean;
  condition: string;
  accessories: string;
}

function Items({ kind, personId, candidates }: ItemsProps) {
  const t = useWords("asset");
  const go = useGo();
  const drawUp = useDrawUp(made => {
    toast(t("handover.drawnUp", { number: made.number, name: made.personName }));
    go(`/assets/handovers/${made.id}`);
  });
  const newest = candidates[0]?.at.slice(0, 10);
  const [drafts, setDrafts] = useState<Draft[]>(() =>
    candidates.map(one => ({
      on: kind === "handover" || one.at.slice(0, 10) === newest,
      condition: "",
      accessories: "",
    })),
  );
  const chosen = candidates.flatMap((one, n) => {
    const draft = drafts[n];
    return draft?.on
      ? [
          {
            assetId: one.assetId,
            ...(draft.condition ? { condition: draft.condition } : {}),
            ...(draft.accessories ? { accessories: draft.accessories } : {}),
          },
        ]
      : [];
  });
  const form = useForm({
    initial: {},
    submit: () => drawUp.submitAsync({ kind, personId, items: chosen }),
  });
  useShortcuts([{ keys: "mod+Enter", run: form.submit, always: true }], chosen.length > 0);
  const change = (n: number, part: Partial<Draft>) =>
    setDrafts(before => before.map((one, at) => (at === n ? { ...one, ...part } : one)));
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack>
        <FormErrorSummary form={form} />
        <Card title={t(`handover.what.${kind}`)} note={String(candidates.length)} flush>
          <ul className={styles.choices}>
            {candidates.map((one, n) => (
              <Choice
                key={one.assetId}
                one={one}
                draft={drafts[n] ?? { on: false, condition: "", accessories: "" }}
                onChange={part => change(n, part)}
              />
            ))}
          </ul>
        </Card>
        <FormFooter>
          <Button href="/assets/handovers">{t("cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy} disabled={chosen.length === 0}>
            {t("handover.drawUpMany", { count: chosen.length })}
          </Button>
        </FormFooter>
      </Stack>
    </form>
  );
}

interface ChoiceProps {
  one: Candidate;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

function Choice({ one, draft, onChange }: ChoiceProps) {
  const t = useWords("asset");
  const format = useFormat();
  return (
    <li>
      <Checkbox
        checked={draft.on}
        onChange={on => onChange({ on })}
        label={`${one.tag} ${one.name}`}
        hint={[one.serial, format.date(one.at.slice(0, 10))].filter(Boolean).join(" · ")}
      />
      {draft.on && (
        <div className={styles.notes}>
          <TextField
            label={t("handover.condition")}
            required={false}
            maxLength={500}
            value={draft.condition}
            onChange={condition => onChange({ condition })}
          />
          <TextField
            label={t("handover.accessories")}
            required={false}
            maxLength={500}
            value={draft.accessories}
            onChange={accessories => onChange({ accessories })}
          />
        </div>
      )}
    </li>
  );
}
