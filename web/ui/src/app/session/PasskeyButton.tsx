import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { showPasskey } from "@/lib/passkey.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";

interface PasskeyButtonProps {
  label: string;
  variant?: "primary" | "default";
  onDone: (userId: string) => void;
}

/** Signs in with whatever passkey the person chooses. */
export function PasskeyButton({ label, variant = "default", onDone }: PasskeyButtonProps) {
  const t = useWords("app");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const signIn = async () => {
    setBusy(true);
    setFailed("");
    try {
      const { options } = await api.post("/api/v1/session/passkey/ceremony");
      const answer = await api.post("/api/v1/session/passkey", {
        body: { credential: await showPasskey(options) },
      });
      onDone(answer.user.id);
    } catch (error) {
      setFailed(isProblem(error) ? error.message : t("ways.passkeyFailed"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button full icon="key" variant={variant} loading={busy} onClick={() => void signIn()}>
        {label}
      </Button>
      {failed !== "" && <Callout tone="red">{failed}</Callout>}
    </>
  );
}
