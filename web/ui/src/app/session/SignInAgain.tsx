import { useWords } from "@/lib/i18n.ts";
import { Dialog } from "@/ui/Dialog.tsx";
import { SignInForm } from "./SignInForm.tsx";

/** The session ended while somebody was working: the page behind stays as it is. */
export default function SignInAgain({ email, onDone }: { email: string; onDone: (userId: string) => void }) {
  const t = useWords("app");
  return (
    <Dialog open onClose={() => undefined} title={t("signIn.again")} size="sm">
      <p className="dimmed">{t("signIn.againText")}</p>
      <SignInForm email={email} onDone={onDone} />
    </Dialog>
  );
}
