import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery } from "@/lib/query.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card, Grid, StatCard } from "@/ui/Card.tsx";
import { Page } from "@/ui/Page.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { useNames } from "../components/words.ts";

interface Report {
  status: "ready" | "degraded" | "failing" | "draining";
  checks: { name: string; status: string; milliseconds: number; problem?: string }[];
  notes?: Record<string, string>;
  peers?: Peer[];
  outlets?: Outlet[];
}

interface Peer {
  name: string;
  state: string;
  milliseconds?: number;
  lastMilliseconds?: number;
  lastAt?: string;
}

interface Outlet {
  name: string;
  waiting: number;
  since?: string;
  problem?: string;
  failingSince?: string;
}

/** Whether one part asks another, or leaves it in peace after it failed several times. */
const breaker: Record<string, "green" | "red" | "amber"> = {
  closed: "green",
  open: "red",
  "half-open": "amber",
};

/** The probe is outside the API's document, and answers 503 with the same body when something is wrong. */
async function ready(): Promise<Report> {
  const answer = await fetch("/readyz", { headers: { Accept: "application/json" } });
  return (await answer.json()) as Report;
}

/** Whether every part can do its work, as a load balancer sees it. */
export default function System() {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const report = useQuery({ queryKey: ["platform", "ready"], queryFn: ready, refetchInterval: 10_000 });
  if (report.isError) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />;
  if (!report.data) return <SkeletonPage />;
  const { status, checks, notes, peers, outlets } = report.data;
  const tone = ({ ready: "green", degraded: "amber" } as const)[status as string] ?? "red";
  const known = (kind: string, name: string) =>
    t(
      `system.${kind}.${name
        .toLowerCase()
        .replaceAll(/[^a-z]+/g, "-")
        .replace(/-$/, "")}`,
      { defaultValue: name },
    );
  const milliseconds = (value = 0) => format.number(value.toFixed(1), 1);
  /** A peer is named by who asks and whom it asks: "asset: The employee directory". */
  const neighbour = ({ name, state, ...pace }: Peer) => {
    const [asks = "", asked = name] = name.split(": ");
    return {
      label: `${known("asker", names.module(asks))} → ${known("peer", asked)}`,
      value: (
        <>
          {(pace.lastAt || state !== "closed") && (
            <Badge tone={breaker[state] ?? "neutral"}>
              {state in breaker ? t(`system.breaker.${state}`) : state}
            </Badge>
          )}{" "}
          {pace.lastAt ? (
            t("system.pace", {
              usual: milliseconds(pace.milliseconds),
              last: milliseconds(pace.lastMilliseconds),
              when: format.relative(pace.lastAt),
            })
          ) : (
            <span className="dimmed">{t("system.notAsked")}</span>
          )}
        </>
      ),
    };
  };
  const carried = ({ name, waiting, since, problem, failingSince }: Outlet) => ({
    label: names.module(name),
    value: (
      <>
        <Badge tone={problem ? "red" : waiting > 0 ? "amber" : "green"}>
          {waiting > 0 ? t("system.waiting", { count: waiting }) : t("system.arrived")}
        </Badge>{" "}
        {waiting > 0 && since && t("system.waitingSince", { when: format.dateTime(since) })}
        {problem && (
          <div>
            {failingSince ? t("system.stuck", { when: format.dateTime(failingSince), problem }) : problem}
          </div>
        )}
      </>
    ),
  });
  return (
    <Page
      title={t("system.title")}
      status={<Badge tone={tone}>{t(`system.${status}`)}</Badge>}
      subtitle={t("system.subtitle")}
      width="form"
      actions={
        <>
          <Button icon="file" href="/api/docs">
            {t("system.docs")}
          </Button>
          <Button icon="refresh" onClick={() => void report.refetch()}>
            {t("refresh")}
          </Button>
        </>
      }
    >
      <Grid>
        {checks.map(one => (
          <StatCard
            key={one.name}
            label={names.module(one.name)}
            icon={one.status === "ok" ? "success" : "error"}
            value={t("system.milliseconds", { value: format.number(one.milliseconds.toFixed(1), 1) })}
            tone={one.status === "ok" ? "green" : "red"}
            note={one.status === "ok" ? t("system.ok") : (one.problem ?? t("system.failing"))}
          />
        ))}
      </Grid>
      {notes && Object.keys(notes).length > 0 && (
        <Card title={t("system.notes")}>
          <PropertyList
            items={Object.entries(notes).map(([name, state]) => ({
              label: known("asker", name),
              value: state,
            }))}
          />
        </Card>
      )}
      {peers && (
        <Card title={t("system.peers")}>
          <PropertyList items={peers.map(neighbour)} />
        </Card>
      )}
      {outlets && outlets.length > 0 && (
        <Card title={t("system.trail")}>
          <PropertyList items={outlets.map(carried)} />
        </Card>
      )}
    </Page>
  );
}
