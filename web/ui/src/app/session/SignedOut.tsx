import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api.ts";
import { ErrorState } from "@/ui/States.tsx";
import { SetUp } from "./SetUp.tsx";
import { SignIn } from "./SignIn.tsx";

/** The first visit sets the company up; every later one signs in. */
export default function SignedOut({ onDone }: { onDone: () => void }) {
  const setup = useQuery({ queryKey: ["setup"], queryFn: () => api.get("/api/v1/setup"), staleTime: 0 });
  if (setup.isError) return <ErrorState error={setup.error} onRetry={() => void setup.refetch()} />;
  if (!setup.data) return null;
  return setup.data.needed ? (
    <SetUp setup={setup.data} onDone={onDone} />
  ) : (
    <SignIn mail={setup.data.mail} onDone={onDone} />
  );
}
