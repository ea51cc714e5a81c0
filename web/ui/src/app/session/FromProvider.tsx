import { useEffect, useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Frame } from "./Frame.tsx";
import { takeWanted } from "./OtherWays.tsx";
import styles from "./session.module.css";

/** What the service gave with the browser, taken out of the address at once, so that it stays in no history. */
function takeReturn() {
  const query = new URLSearchParams(window.location.search);
  window.history.replaceState(null, "", window.location.pathname);
  return { code: query.get("code"), state: query.get("state") };
}

const brought = window.location.pathname === "/sign-in/provider" ? takeReturn() : { code: null, state: null };
let finishing: Promise<unknown> | undefined;

/** A code works once, however often the page is drawn. */
function finish(): Promise<unknown> {
  const { code, state } = brought;
  if (!code || !state) return Promise.reject(new Error(""));
  finishing ??= api.post("/api/v1/session/provider/return", { body: { code, state } });
  return finishing;
}

/** Where the company's own sign-in service sends people back to. */
export default function FromProvider() {
  const t = useWords("app");
  const [failed, setFailed] = useState<string | undefined>();
  useEffect(() => {
    finish().then(
      () => window.location.replace(takeWanted()),
      (error: Error) => setFailed(error.message),
    );
  }, []);
  if (failed === undefined) {
    return (
      <Frame title={t("signIn.title")}>
        <p className={styles.lead} role="status">
          {t("ways.returning")}
        </p>
      </Frame>
    );
  }
  return (
    <Frame title={t("ways.returnFailed")}>
      <h1>{t("ways.returnFailed")}</h1>
      <p className={styles.lead} role="alert">
        {failed || t("ways.providerSaidNo")}
      </p>
      <Button variant="primary" full onClick={() => window.location.replace(takeWanted())}>
        {t("ways.back")}
      </Button>
    </Frame>
  );
}
