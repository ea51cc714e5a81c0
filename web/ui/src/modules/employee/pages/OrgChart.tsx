import { useSyncExternalStore } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Page } from "@/ui/Page.tsx";
import { Skeleton } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { usePerson } from "../api.ts";
import { ChartCanvas } from "../components/chart/ChartCanvas.tsx";
import { ChartList } from "../components/chart/ChartList.tsx";
import { useChart } from "../components/chart/useChart.ts";
import { findPeople } from "../public.ts";
import styles from "./OrgChart.module.css";

const narrow = "(max-width: 719px)";

function usePhone(): boolean {
  return useSyncExternalStore(
    listener => {
      const query = matchMedia(narrow);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => matchMedia(narrow).matches,
  );
}

/** Who reports to whom, today or on another day: a drawing on a desk, a list that opens on a phone. */
export default function OrgChart() {
  const t = useWords("employee");
  const format = useFormat();
  const phone = usePhone();
  const [url, setUrl] = useUrlState({ root: "", asOf: "" });
  const chart = useChart(url.root, url.asOf);
  return (
    <Page
      title={t("chart.title")}
      fill
      subtitle={url.asOf ? t("chart.asOf", { day: format.date(url.asOf) }) : undefined}
      back={{ href: "/employees", label: t("list.title") }}
    >
      <div className={styles.tools} role="search">
        <Combobox
          label={t("chart.find")}
          hideLabel
          placeholder={t("chart.find")}
          icon="search"
          search={findPeople}
          value={url.root}
          onChange={root => setUrl({ root })}
          {...(chart.top && url.root ? { selected: { value: url.root, label: chart.top.displayName } } : {})}
        />
        <DateField
          label={t("chart.day")}
          hideLabel
          placeholder={t("chart.day")}
          value={url.asOf}
          onChange={asOf => setUrl({ asOf })}
        />
        {url.root && (
          <>
            <Up root={url.root} onUp={root => setUrl({ root })} />
            <Button icon="building" onClick={() => setUrl({ root: "" })}>
              {t("chart.whole")}
            </Button>
          </>
        )}
      </div>
      {chart.truncated && <Callout tone="amber">{t("chart.truncated")}</Callout>}
      {chart.error ? (
        <ErrorState error={chart.error} onRetry={chart.retry} />
      ) : chart.loading ? (
        <Skeleton height={320} />
      ) : chart.roots.length === 0 ? (
        <EmptyState icon="tree" title={t("chart.none")}>
          {t("chart.noneText")}
        </EmptyState>
      ) : phone ? (
        <ChartList chart={chart} />
      ) : (
        <ChartCanvas chart={chart} key={url.root + url.asOf} />
      )}
    </Page>
  );
}

/** From somebody's part of the chart to their manager's. */
function Up({ root, onUp }: { root: string; onUp: (manager: string) => void }) {
  const t = useWords("employee");
  const person = usePerson(root);
  const { managerId, manager } = person.data ?? {};
  if (!managerId) return null;
  return (
    <Button icon="arrow-up" onClick={() => onUp(managerId)}>
      {t("chart.up", { name: manager })}
    </Button>
  );
}
