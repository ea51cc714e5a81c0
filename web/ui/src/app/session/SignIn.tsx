import { useWords } from "@/lib/i18n.ts";
import { Frame } from "./Frame.tsx";
import { SignInForm } from "./SignInForm.tsx";
import styles from "./session.module.css";

export function SignIn({ onDone }: { onDone: () => void }) {
  const t = useWords("app");
  return (
    <Frame title={t("signIn.title")}>
      <h1>{t("signIn.title")}</h1>
      <p className={styles.lead}>{t("signIn.lead")}</p>
      <SignInForm onDone={onDone} />
    </Frame>
  );
}
