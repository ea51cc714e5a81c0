import { type Answer, api } from "@/lib/api.ts";
import { useQuery } from "@/lib/query.ts";

export type Notice = NonNullable<Answer<"/api/v1/me/notifications">["items"]>[number];

export const noticesKey = ["notifications"];

/** What the person was told lately, and how much of everything they have not read. */
export function useNotices() {
  return useQuery({
    queryKey: noticesKey,
    queryFn: () => api.get("/api/v1/me/notifications", { params: { query: { limit: 30 } } }),
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
}
