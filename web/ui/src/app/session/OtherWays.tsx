import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import styles from "./session.module.css";

const wantedKey = "erp.wanted";

/** Where the person wanted to go before the sign-in service came between; only ever a page of this program. */
export function takeWanted(): string {
  const wanted = sessionStorage.getItem(wantedKey) ?? "/";
  sessionStorage.removeItem(wantedKey);
  return /^\/(?![/\\])/.test(wanted) && !wanted.startsWith("/sign-in/") ? wanted : "/";
}

/** How one can sign in besides the password. The form does not wait for this, and works without it. */
export function OtherWays() {
  const t = useWords("app");
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const ways = useQuery({
    queryKey: ["sign-in-ways"],
    queryFn: () => api.get("/api/v1/session/ways"),
    staleTime: 15_000,
    refetchInterval: query => (query.state.data?.provider?.reachable === false ? 20_000 : false),
  });
  const provider = ways.data?.provider;
  if (!provider) return null;
  const leave = async () => {
    setBusy(true);
    try {
      const { address } = await api.post("/api/v1/session/provider");
      sessionStorage.setItem(wantedKey, window.location.pathname + window.location.search);
      window.location.assign(address);
    } catch (error) {
      setBusy(false);
      setFailed((error as Error).message);
      void ways.refetch();
    }
  };
  return (
    <div className={styles.ways}>
      <div className={styles.or}>{t("ways.or")}</div>
      <Button full icon="building" loading={busy} disabled={!provider.reachable} onClick={() => void leave()}>
        {t("ways.provider", { name: provider.name })}
      </Button>
      {!provider.reachable && (
        <Callout tone="amber">{t("ways.providerDown", { name: provider.name })}</Callout>
      )}
      {provider.reachable && failed !== "" && <Callout tone="red">{failed}</Callout>}
    </div>
  );
}
