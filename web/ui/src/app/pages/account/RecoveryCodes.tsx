import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Row, Stack } from "@/ui/Card.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "./factor.module.css";

/** Ten codes that cannot be shown again, with the ways to keep them. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const t = useWords("app");
  const text = codes.join("\n");
  const copy = () => void navigator.clipboard.writeText(text).then(() => toast(t("factor.copied")));
  return (
    <Stack gap={12}>
      <p>{t("factor.keepCodes")}</p>
      <ul className={styles.codes}>
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Row>
        <Button size="sm" icon="copy" onClick={copy}>
          {t("factor.copy")}
        </Button>
        <Button size="sm" icon="download" onClick={() => save(`${text}\n`)}>
          {t("factor.download")}
        </Button>
      </Row>
    </Stack>
  );
}

function save(text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "recovery-codes.txt";
  link.click();
  URL.revokeObjectURL(address);
}
