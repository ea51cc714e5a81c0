import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useLook } from "@/lib/look.ts";
import { Kit } from "@/ui/Kit.tsx";
import { Toasts } from "@/ui/Toasts.tsx";
import { Session } from "./session/Session.tsx";

/** Everything that surrounds every page. */
export function App({ client }: { client: QueryClient }) {
  const { theme } = useLook();
  return (
    <Kit scheme={theme === "system" ? "auto" : theme}>
      <QueryClientProvider client={client}>
        <Session />
        <Toasts />
      </QueryClientProvider>
    </Kit>
  );
}
