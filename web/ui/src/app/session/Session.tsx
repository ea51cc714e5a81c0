import { useQueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { onSignedOut } from "@/lib/api.ts";
import { type Me, MeContext } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { ErrorState } from "@/ui/States.tsx";
import { makeRouter } from "../router.tsx";
import { applyPreferences, meKey, useMeQuery } from "./me.ts";

const SignedOut = lazy(() => import("./SignedOut.tsx"));
const NewPassword = lazy(() => import("./NewPassword.tsx"));
const ChoosePassword = lazy(() => import("./ChoosePassword.tsx"));
const FromProvider = lazy(() => import("./FromProvider.tsx"));
const Unfinished = lazy(() => import("./Unfinished.tsx"));
const SignInAgain = lazy(() => import("./SignInAgain.tsx"));

const router = makeRouter();

/**
 * Signed in: the application. Signed out: the sign-in page at the same address, so that signing in leads to where the
 * person wanted to go. Signed out in the middle of work: a dialog over the page, and what was typed stays.
 */
export function Session() {
  const query = useMeQuery();
  const client = useQueryClient();
  const [me, setMe] = useState<Me | undefined>();
  const [expired, setExpired] = useState(false);

  useEffect(() => {
    const fresh = query.data;
    if (!fresh) return;
    void applyPreferences(fresh).then(() => setMe(fresh));
  }, [query.data]);
  useEffect(() => onSignedOut(() => setExpired(true)), []);

  if (window.location.pathname === "/password") {
    return (
      <Suspense fallback={null}>
        <ChoosePassword />
      </Suspense>
    );
  }
  if (window.location.pathname === "/sign-in/provider") {
    return (
      <Suspense fallback={null}>
        <FromProvider />
      </Suspense>
    );
  }
  if (!me) {
    if (isProblem(query.error, 401)) {
      return (
        <Suspense fallback={null}>
          <SignedOut
            onDone={() => {
              setExpired(false);
              void client.invalidateQueries({ queryKey: meKey });
            }}
          />
        </Suspense>
      );
    }
    if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
    return null;
  }
  if (me.waiting) {
    return (
      <Suspense fallback={null}>
        <Unfinished me={me} onDone={() => void client.invalidateQueries()} />
      </Suspense>
    );
  }
  if (me.user.mustChangePassword) {
    return (
      <Suspense fallback={null}>
        <NewPassword onDone={() => void client.invalidateQueries()} />
      </Suspense>
    );
  }
  return (
    <MeContext.Provider value={me}>
      <RouterProvider router={router} />
      {expired && (
        <Suspense fallback={null}>
          <SignInAgain
            email={me.user.email}
            onDone={async user => {
              if (user !== me.user.id) window.location.assign("/");
              setExpired(false);
              await client.invalidateQueries();
            }}
          />
        </Suspense>
      )}
    </MeContext.Provider>
  );
}
