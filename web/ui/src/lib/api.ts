import createClient from "openapi-fetch";
import { Problem, type ProblemAnswer } from "./problem.ts";
import type { paths } from "./schema.d.ts";

type Verb = "get" | "post" | "put" | "patch" | "delete";

/** The addresses that know a verb. */
type Having<V extends Verb> = {
  [P in keyof paths]: paths[P] extends { [K in V]: { responses: unknown } } ? P : never;
}[keyof paths];

type Operation<V extends Verb, P> = P extends keyof paths
  ? V extends keyof paths[P]
    ? paths[P][V]
    : never
  : never;

/** A group of parameters as it must be given: not at all, or optional when all of them are. */
type Part<T, K extends string> = K extends keyof T
  ? [T[K]] extends [undefined]
    ? unknown
    : undefined extends T[K]
      ? { [N in K]?: T[K] }
      : { [N in K]: T[K] }
  : unknown;

type Parameters<O> = O extends { parameters: infer A } ? Part<A, "path"> & Part<A, "query"> : unknown;
type RequestBody<O> = O extends { requestBody: { content: infer C } }
  ? { body: C[keyof C] }
  : O extends { requestBody?: { content: infer C } }
    ? { body?: C[keyof C] }
    : unknown;
type Init<O> = (unknown extends Parameters<O>
  ? unknown
  : object extends Parameters<O>
    ? { params?: Parameters<O> }
    : { params: Parameters<O> }) &
  RequestBody<O>;

type Success<R> = R extends { 200: infer A }
  ? A
  : R extends { 201: infer A }
    ? A
    : R extends { 202: infer A }
      ? A
      : undefined;
type Body<V extends Verb, P> =
  Operation<V, P> extends { responses: infer R }
    ? Success<R> extends { content: { "application/json": infer A } }
      ? A
      : undefined
    : never;

/** What a GET answers: `Answer<"/api/v1/assets/{id}">`. */
export type Answer<P extends Having<"get">> = Body<"get", P>;

type Args<V extends Verb, P> =
  object extends Init<Operation<V, P>>
    ? [init?: Init<Operation<V, P>> & Extra]
    : [init: Init<Operation<V, P>> & Extra];

export interface Extra {
  signal?: AbortSignal | undefined;
  /** The version that was read: refused with 412 when somebody was faster. */
  ifMatch?: number | string | undefined;
  /** Only `useSubmit` sets it, to keep one key over the retries of one submit. */
  idempotencyKey?: string | undefined;
}

type Listener = () => void;
let signedOut: Listener = () => undefined;

/** The shell says what happens when a session has ended: it asks to sign in, and keeps the page. */
export function onSignedOut(listener: Listener): void {
  signedOut = listener;
}

// The server takes a list as one parameter: status=active,leaving.
const client = createClient<paths>({
  baseUrl: "",
  credentials: "same-origin",
  querySerializer: { array: { style: "form", explode: false } },
});

type Untyped = (
  path: string,
  init: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

async function call(
  verb: Verb,
  path: string,
  init: (Extra & { headers?: unknown }) | undefined,
): Promise<unknown> {
  const { ifMatch, idempotencyKey, ...rest } = init ?? {};
  const headers: Record<string, string> = { ...(rest.headers as Record<string, string> | undefined) };
  if (verb !== "get") headers["Idempotency-Key"] = idempotencyKey ?? crypto.randomUUID();
  if (ifMatch !== undefined) headers["If-Match"] = `"${ifMatch}"`;
  const send = client[verb.toUpperCase() as "GET"] as unknown as Untyped;
  let answer: Awaited<ReturnType<Untyped>>;
  try {
    answer = await send(path, { ...rest, headers });
  } catch (error) {
    if (rest.signal?.aborted) throw error;
    throw new Problem({ status: 0, title: "offline" });
  }
  if (answer.response.ok) return answer.data;
  const problem = problemOf(answer.response, answer.error);
  if (problem.status === 401 && path !== "/api/v1/session") signedOut();
  throw problem;
}

function problemOf(response: Response, body: unknown): Problem {
  const told = (typeof body === "object" && body !== null ? body : {}) as ProblemAnswer;
  return new Problem({
    ...told,
    status: response.status,
    title: told.title ?? response.statusText,
    requestId: told.requestId ?? response.headers.get("X-Request-Id") ?? "",
    retryAfter: Number(response.headers.get("Retry-After") ?? 0),
  });
}

/**
 * The typed API. Each call answers with the body of the success, or throws a Problem.
 *
 *   const asset = await api.get("/api/v1/assets/{id}", { params: { path: { id } } });
 *   await api.patch("/api/v1/assets/{id}", { params: { path: { id } }, body, ifMatch: asset.version });
 */
export const api = {
  get: <P extends Having<"get">>(path: P, ...args: Args<"get", P>) =>
    call("get", path as string, args[0] as Extra | undefined) as Promise<Body<"get", P>>,
  post: <P extends Having<"post">>(path: P, ...args: Args<"post", P>) =>
    call("post", path as string, args[0] as Extra | undefined) as Promise<Body<"post", P>>,
  put: <P extends Having<"put">>(path: P, ...args: Args<"put", P>) =>
    call("put", path as string, args[0] as Extra | undefined) as Promise<Body<"put", P>>,
  patch: <P extends Having<"patch">>(path: P, ...args: Args<"patch", P>) =>
    call("patch", path as string, args[0] as Extra | undefined) as Promise<Body<"patch", P>>,
  delete: <P extends Having<"delete">>(path: P, ...args: Args<"delete", P>) =>
    call("delete", path as string, args[0] as Extra | undefined) as Promise<Body<"delete", P>>,
};

/** Sends a file as it is (CSV import); the answer is JSON. */
export async function upload<T>(
  path: string,
  file: Blob,
  contentType: string,
  extra: Extra = {},
): Promise<T> {
  const response = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": contentType, "Idempotency-Key": extra.idempotencyKey ?? crypto.randomUUID() },
    body: file,
    signal: extra.signal ?? null,
  }).catch(() => {
    throw new Problem({ status: 0, title: "offline" });
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body as T;
  if (response.status === 401) signedOut();
  throw problemOf(response, body);
}

/** Saves a file that may be refused; a plain link would show the refusal as a page of JSON. */
export async function save(path: string, name: string): Promise<void> {
  const response = await fetch(path, { credentials: "same-origin" }).catch(() => {
    throw new Problem({ status: 0, title: "offline" });
  });
  if (!response.ok) {
    if (response.status === 401) signedOut();
    throw problemOf(response, await response.json().catch(() => undefined));
  }
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** A query without what is empty: `clean({ q: "", status: "in-stock" })` is `{ status: "in-stock" }`. */
export function clean<T extends object>(query: T): { [K in keyof T]?: Exclude<T[K], ""> } {
  const filled = Object.entries(query).filter(
    ([, value]) => value !== "" && value !== undefined && value !== null,
  );
  return Object.fromEntries(filled) as { [K in keyof T]?: Exclude<T[K], ""> };
}

/** The address of a list's export with the list's own filters. */
export function addressWith(
  path: string,
  query: Record<string, string | number | boolean | undefined>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
