import { type ReactNode, useLayoutEffect, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button, IconButton } from "./Button.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import styles from "./small.module.css";
import { toast } from "./toast.ts";

interface StateProps {
  icon: IconName;
  tone?: "accent" | "red" | "neutral";
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

/** The page's first heading when it stands alone, else one below it. */
function useHeading(): "h1" | "h2" {
  const [heading, setHeading] = useState<"h1" | "h2">("h2");
  useLayoutEffect(() => {
    if (!document.querySelector("h1")) setHeading("h1");
  }, []);
  return heading;
}

function State({ icon, tone = "accent", title, children, actions }: StateProps) {
  const Heading = useHeading();
  return (
    <div className={styles.state}>
      <span className={styles.stateIcon} data-tone={tone}>
        <Icon name={icon} size={24} />
      </span>
      <Heading>{title}</Heading>
      {children && <div>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** Nothing here yet, and how to begin; or nothing for these filters, and how to lift them. */
export function EmptyState(props: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return <State {...props} />;
}

/** Something went wrong while loading; the request id is what support asks for. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const t = useWords("ui");
  const problem = isProblem(error) ? error : undefined;
  if (problem?.status === 403) return <NoPermission />;
  if (problem?.status === 404) return <NotFound />;
  const words = problem?.offline ? "error.offline" : problem?.status === 503 ? "error.busy" : "error.failed";
  const known = problem !== undefined && problem.status < 500 && problem.status > 0;
  return (
    <div role="alert">
      <State
        icon="error"
        tone="red"
        title={t(`${words}.title`)}
        actions={
          onRetry && (
            <Button icon="refresh" onClick={onRetry}>
              {t("error.retry")}
            </Button>
          )
        }
      >
        <p>{known ? problem.message : t(`${words}.text`)}</p>
        {problem?.requestId && <RequestId id={problem.requestId} />}
      </State>
    </div>
  );
}

export function RequestId({ id }: { id: string }) {
  const t = useWords("ui");
  return (
    <span className={styles.request}>
      <span className="mono">{t("error.request", { id })}</span>
      <IconButton
        icon="copy"
        size="sm"
        label={t("error.copyId")}
        onClick={() => {
          void navigator.clipboard.writeText(id).then(() => toast(t("error.copied")));
        }}
      />
    </span>
  );
}

export function NoPermission({ children }: { children?: ReactNode }) {
  const t = useWords("ui");
  return (
    <State icon="lock" tone="neutral" title={t("noPermission.title")}>
      {children ?? t("noPermission.text")}
    </State>
  );
}

export function NotFound({ children }: { children?: ReactNode }) {
  const t = useWords("ui");
  return (
    <State
      icon="search"
      tone="neutral"
      title={t("notFound.title")}
      actions={
        <Button href="/" icon="home">
          {t("notFound.home")}
        </Button>
      }
    >
      {children ?? t("notFound.text")}
    </State>
  );
}
