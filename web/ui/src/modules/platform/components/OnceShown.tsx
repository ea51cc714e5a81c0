import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "./admin.module.css";

/** A secret that cannot be shown again, with the way to copy it. */
export function OnceShown({ secret }: { secret: string }) {
  const t = useWords("platform");
  return (
    <div className={styles.once}>
      <span>{secret}</span>
      <Button
        size="sm"
        icon="copy"
        onClick={() => void navigator.clipboard.writeText(secret).then(() => toast(t("password.copied")))}
      >
        {t("password.copy")}
      </Button>
    </div>
  );
}
