import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Forgotten } from "./Forgotten.tsx";
import { Frame } from "./Frame.tsx";
import { OtherWays } from "./OtherWays.tsx";
import { SignInForm } from "./SignInForm.tsx";
import styles from "./session.module.css";

export function SignIn({ mail, onDone }: { mail: boolean; onDone: () => void }) {
  const t = useWords("app");
  const [forgotten, setForgotten] = useState(false);
  if (forgotten) return <Forgotten mail={mail} onBack={() => setForgotten(false)} />;
  return (
    <Frame title={t("signIn.title")}>
      <h1>{t("signIn.title")}</h1>
      <p className={styles.lead}>{t("signIn.lead")}</p>
      <SignInForm onDone={onDone} />
      <OtherWays onDone={onDone} />
      <Button variant="quiet" full onClick={() => setForgotten(true)}>
        {t("forgotten.ask")}
      </Button>
    </Frame>
  );
}
