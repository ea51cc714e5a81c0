import { type Answer, api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { useQuery } from "@/lib/query.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Page } from "@/ui/Page.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { AssetCards } from "./home/AssetCards.tsx";
import { Beginning, isBeginning } from "./home/Beginning.tsx";
import styles from "./home/Home.module.css";
import { HomeLoading } from "./home/HomeLoading.tsx";
import { MyAssets } from "./home/MyAssets.tsx";
import { Numbers } from "./home/Numbers.tsx";
import { PeopleCard } from "./home/PeopleCard.tsx";
import { Ageing, Sales } from "./home/SalesCards.tsx";
import { ToConfirm, useToConfirm } from "./home/ToConfirm.tsx";

export type HomeData = Answer<"/api/ui/home">;

/** The company in numbers, as far as the person may see them. */
export default function Home() {
  const t = useWords("app");
  const format = useFormat();
  const me = useMe();
  const home = useQuery({
    queryKey: ["home"],
    queryFn: ({ signal }) => api.get("/api/ui/home", { signal }),
    refetchInterval: 60_000,
  });
  const waiting = useToConfirm();
  const hour = new Date().getHours();
  const greeting = hour < 5 || hour >= 18 ? "evening" : hour < 12 ? "morning" : "day";
  const day = new Intl.DateTimeFormat(format.locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
  }).format(new Date());
  return (
    <Page
      title={t("home.title")}
      heading={t(`home.greeting.${greeting}`, { name: me.user.name.split(" ")[0] })}
      subtitle={day}
    >
      {home.isPending || waiting.isLoading ? (
        <HomeLoading />
      ) : home.data ? (
        <>
          {(waiting.data?.length ?? 0) > 0 && <ToConfirm waiting={waiting.data ?? []} />}
          <Filled home={home.data} />
        </>
      ) : (
        <ErrorState error={home.error} onRetry={() => void home.refetch()} />
      )}
    </Page>
  );
}

function Filled({ home }: { home: HomeData }) {
  const t = useWords("app");
  const format = useFormat();
  const missing = home.degraded.map(name => t(`home.modules.${name}`));
  const beginning = isBeginning(home);
  const sales = home.sales?.currencies[0];
  const quiet =
    home.people?.headcount === 0 &&
    home.assets?.assets === 0 &&
    !sales?.months.some(month => month.invoices > 0);
  return (
    <>
      {missing.length > 0 && (
        <Callout tone="amber">{t("home.degraded", { modules: format.list(missing) })}</Callout>
      )}
      {beginning && <Beginning home={home} />}
      {!quiet && (
        <>
          <Numbers home={home} />
          {sales && (
            <div className={styles.twoThirds}>
              <Sales sales={sales} />
              <Ageing sales={sales} />
            </div>
          )}
          <div className={styles.thirds}>
            {home.assets && <AssetCards assets={home.assets} />}
            {home.people && <PeopleCard people={home.people} />}
          </div>
        </>
      )}
      {(home.myAssets.length > 0 || (!home.people && !home.assets && !home.sales)) && (
        <MyAssets assets={home.myAssets} />
      )}
    </>
  );
}
