import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { knowsPasskeys } from "@/lib/passkey.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { PasskeyButton } from "./PasskeyButton.tsx";
import styles from "./session.module.css";

const wantedKey = "erp.wanted";

/** Where the person wanted to go before the sign-in service came between; only ever a page of this program. */
export function takeWanted(): string {
  const wanted = sessionStorage.getItem(wantedKey) ?? "/";
  sessionStorage.removeItem(wantedKey);
  return /^\/(?![/\\])/.test(wanted) && !wanted.startsWith("/sign-in/") ? wanted : "/";
}

export const waysKey = ["sign-in-ways"];

/** What the sign-in page offers besides the password; a service that is down is asked for again. */
export function useWays() {
  return useQuery({
    queryKey: waysKey,
    queryFn: () => api.get("/api/v1/session/ways"),
    staleTime: 15_000,
    refetchInterval: query => (query.state.data?.provider?.reachable === false ? 20_000 : false),
  });
}

/** How one can sign in besides the password. The form does not wait for this, and works without it. */
export function OtherWays({ onDone }: { onDone: (userId: string) => void }) {
  const t = useWords("app");
  const ways = useWays();
  const provider = ways.data?.provider;
  const passkeys = knowsPasskeys(ways.data?.passkeys);
  if (!provider && !passkeys) return null;
  return (
    <div className={styles.ways}>
      <div className={styles.or}>{t("ways.or")}</div>
      {passkeys && <PasskeyButton label={t("ways.passkey")} onDone={onDone} />}
      {provider && <ProviderButton provider={provider} onFail={() => void ways.refetch()} />}
    </div>
  );
}

interface ProviderButtonProps {
  provider: { name: string; reachable: boolean };
  onFail: () => void;
}

function ProviderButton({ provider, onFail }: ProviderButtonProps) {
  const t = useWords("app");
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    try {
      const { address } = await api.post("/api/v1/session/provider");
      sessionStorage.setItem(wantedKey, window.location.pathname + window.location.search);
      window.location.assign(address);
    } catch (error) {
      setBusy(false);
      setFailed((error as Error).message);
      onFail();
    }
  };
  return (
    <>
      <Button full icon="building" loading={busy} disabled={!provider.reachable} onClick={() => void leave()}>
        {t("ways.provider", { name: provider.name })}
      </Button>
      {!provider.reachable && (
        <Callout tone="amber">{t("ways.providerDown", { name: provider.name })}</Callout>
      )}
      {provider.reachable && failed !== "" && <Callout tone="red">{failed}</Callout>}
    </>
  );
}
