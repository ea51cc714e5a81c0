import { useWords } from "@/lib/i18n.ts";
import { knowsPasskeys } from "@/lib/passkey.ts";
import { Dialog } from "@/ui/Dialog.tsx";
import { useWays } from "./OtherWays.tsx";
import { PasskeyButton } from "./PasskeyButton.tsx";
import { SignInForm } from "./SignInForm.tsx";
import styles from "./session.module.css";

/** The session ended while somebody was working: the page behind stays as it is. */
export default function SignInAgain({ email, onDone }: { email: string; onDone: (userId: string) => void }) {
  const t = useWords("app");
  const ways = useWays();
  return (
    <Dialog open onClose={() => undefined} title={t("signIn.again")} size="sm">
      <p className="dimmed">{t("signIn.againText")}</p>
      <SignInForm email={email} onDone={onDone} />
      {knowsPasskeys(ways.data?.passkeys) && (
        <div className={styles.ways}>
          <PasskeyButton label={t("ways.passkey")} onDone={onDone} />
        </div>
      )}
    </Dialog>
  );
}
