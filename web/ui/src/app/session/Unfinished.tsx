import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { knowsPasskeys } from "@/lib/passkey.ts";
import type { Me } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { EnrolDialog } from "../pages/account/EnrolDialog.tsx";
import { PasskeyDialog } from "../pages/account/PasskeyDialog.tsx";
import { Frame } from "./Frame.tsx";
import { useWays } from "./OtherWays.tsx";
import { PasskeyButton } from "./PasskeyButton.tsx";
import styles from "./session.module.css";

interface UnfinishedProps {
  me: Me;
  onDone: () => void;
}

/** Somebody is known, but a second factor must come before anything else. */
export default function Unfinished({ me, onDone }: UnfinishedProps) {
  return me.waiting === "set-up" ? <SetUpFactor onDone={onDone} /> : <Confirm me={me} onDone={onDone} />;
}

function SetUpFactor({ onDone }: { onDone: () => void }) {
  const t = useWords("app");
  const ways = useWays();
  const [open, setOpen] = useState<"passkey" | "codes" | undefined>();
  const passkeys = knowsPasskeys(ways.data?.passkeys);
  const close = () => {
    setOpen(undefined);
    onDone();
  };
  return (
    <Frame title={t("ways.setUpTitle")}>
      <h1>{t("ways.setUpTitle")}</h1>
      <p className={styles.lead}>{t("ways.setUpLead")}</p>
      <div className={styles.factors}>
        {passkeys && (
          <div>
            <p className="dimmed">{t("ways.setUpPasskeyText")}</p>
            <Button full icon="key" variant="primary" onClick={() => setOpen("passkey")}>
              {t("passkeys.add")}
            </Button>
          </div>
        )}
        <div>
          <p className="dimmed">{t("ways.setUpCodesText")}</p>
          <Button full icon="qr" variant={passkeys ? "default" : "primary"} onClick={() => setOpen("codes")}>
            {t("factor.setUp")}
          </Button>
        </div>
      </div>
      <Leave />
      {open === "passkey" && <PasskeyDialog onClose={close} />}
      {open === "codes" && <EnrolDialog onClose={close} />}
    </Frame>
  );
}

function Confirm({ me, onDone }: UnfinishedProps) {
  const t = useWords("app");
  const ways = useWays();
  const form = useForm({
    initial: { code: "" },
    check: values => ({ code: values.code.trim() ? undefined : t("factor.codeMissing") }),
    submit: async values => {
      await api.post("/api/v1/session/second-factor", { body: { code: values.code.trim() } });
      onDone();
    },
  });
  return (
    <Frame title={t("ways.confirmTitle")}>
      <h1>{t("ways.confirmTitle")}</h1>
      <p className={styles.lead}>{t("ways.confirmLead", { email: me.user.email })}</p>
      {knowsPasskeys(ways.data?.passkeys) && (
        <>
          <PasskeyButton label={t("ways.confirmPasskey")} variant="primary" onDone={onDone} />
          <div className={styles.orElse}>{t("ways.or")}</div>
        </>
      )}
      <form className={styles.form} onSubmit={form.onSubmit} noValidate>
        <FormErrorSummary form={form} />
        <TextField
          label={t("factor.code")}
          hint={t("factor.codeHint")}
          autoComplete="one-time-code"
          autoFocus
          maxLength={40}
          {...form.field("code")}
        />
        <Button type="submit" full loading={form.busy}>
          {t("ways.confirm")}
        </Button>
      </form>
      <Leave />
    </Frame>
  );
}

/** The way out for whoever is somebody else. */
function Leave() {
  const t = useWords("app");
  const leave = () => void api.delete("/api/v1/session").finally(() => window.location.replace("/"));
  return (
    <div className={styles.leave}>
      <Button variant="quiet" full onClick={leave}>
        {t("ways.leave")}
      </Button>
    </div>
  );
}
