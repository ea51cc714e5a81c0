import { api } from "@/lib/api.ts";

export const factorKey = ["me", "second-factor"];

export const passkeysKey = ["me", "passkeys"];

export const loadFactor = () => api.get("/api/v1/me/second-factor");

/** What a confirmed authenticator makes old: whether there is one, and the sessions that it ended. */
export const factorChanges = [factorKey, ["me", "sessions"]];
