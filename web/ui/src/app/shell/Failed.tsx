import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";

/** A page that broke. The rest of the application goes on. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useWords("app");
  if (isProblem(error)) return <ErrorState error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      icon="warning"
      title={t("broken.title")}
      actions={
        <>
          <Button icon="refresh" onClick={() => window.location.reload()}>
            {t("broken.reload")}
          </Button>
          <Button href="/" icon="home" onClick={onRetry}>
            {t("nav.home")}
          </Button>
        </>
      }
    >
      {t("broken.text")}
    </EmptyState>
  );
}
