import {
  keepPreviousData,
  QueryClient,
  type QueryKey,
  type UseMutationResult,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useRef } from "react";
import { isProblem, type Problem } from "./problem.ts";

export { useQuery } from "@tanstack/react-query";

/** Server state lives here and nowhere else. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
        retry: (count, error) => count < 2 && isProblem(error) && (error.offline || error.status === 503),
        retryDelay: attempt => 400 * 2 ** attempt,
      },
      mutations: { retry: false },
    },
  });
}

/** One page of a list as the API gives it. */
export interface PageOf<T> {
  items: T[] | null;
  next?: string | undefined;
  total?: number | undefined;
  totalCapped?: boolean | undefined;
}

/** A list that grows while it is scrolled: what DataTable wants. */
export interface ListState<T> {
  rows: T[];
  total: number | undefined;
  totalCapped: boolean;
  loading: boolean;
  /** Other filters are being fetched while the old rows still stand. */
  refreshing: boolean;
  loadingMore: boolean;
  error: Problem | Error | null;
  hasMore: boolean;
  loadMore: () => void;
  retry: () => void;
  /** The first page as it came, for what the answer says besides its rows. */
  first: PageOf<T> | undefined;
}

interface ListOptions<T, P extends PageOf<T>> {
  /** Begins with the module's name, and holds every filter: `["asset", "list", filters]`. */
  key: QueryKey;
  fetch: (cursor: string | undefined, signal: AbortSignal) => Promise<P>;
  enabled?: boolean;
}

export function useList<T, P extends PageOf<T> = PageOf<T>>({
  key,
  fetch,
  enabled = true,
}: ListOptions<T, P>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetch(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: last => last.next || undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
  const first = query.data?.pages[0];
  const state: ListState<T> & { first: P | undefined } = {
    rows: query.data?.pages.flatMap(page => page.items ?? []) ?? [],
    total: first?.total,
    totalCapped: Boolean(first?.totalCapped),
    loading: query.isPending && enabled,
    refreshing: query.isPlaceholderData,
    loadingMore: query.isFetchingNextPage,
    error: query.isError && !query.data ? query.error : null,
    hasMore: query.hasNextPage,
    loadMore: () => {
      if (!query.isFetchingNextPage) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
    first,
  };
  return state;
}

interface SubmitOptions<V, R> {
  /** Gets the key to send: `api.post(path, { body: values, idempotencyKey: key })`. */
  run: (values: V, key: string) => Promise<R>;
  /** What the write made old: `[["asset"]]`. */
  changes?: QueryKey[];
  onDone?: (result: R, values: V) => void;
  onFail?: (error: Error, values: V) => void;
}

/**
 * A write. The same values sent again after no answer came (no network, 5xx) carry the same Idempotency-Key, so the
 * server does it once; a second click while it runs does nothing.
 */
export function useSubmit<V = void, R = unknown>({ run, changes = [], onDone, onFail }: SubmitOptions<V, R>) {
  const client = useQueryClient();
  const kept = useRef<{ print: string; key: string } | undefined>(undefined);
  const mutation: UseMutationResult<R, Error, V> = useMutation({
    mutationFn: (values: V) => {
      const print = JSON.stringify(values) ?? "";
      if (kept.current?.print !== print) kept.current = { print, key: crypto.randomUUID() };
      return run(values, kept.current.key);
    },
    onSuccess: async (result, values) => {
      kept.current = undefined;
      onDone?.(result, values);
      await Promise.all(changes.map(queryKey => client.invalidateQueries({ queryKey })));
    },
    onError: (error, values) => {
      if (isProblem(error) && error.status >= 400 && error.status < 500) kept.current = undefined;
      onFail?.(error, values);
    },
  });
  return {
    submit: (values: V) => {
      if (!mutation.isPending) mutation.mutate(values);
    },
    submitAsync: (values: V) => mutation.mutateAsync(values),
    busy: mutation.isPending,
    error: mutation.error,
    result: mutation.data,
    reset: mutation.reset,
  };
}
