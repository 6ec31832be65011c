import { useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { signIn } from './session.ts';
import { sessionStore } from './session-store.ts';
import { SignInDialog } from './sign-in-dialog.tsx';
import { SessionContext, type SessionControl } from './use-session.ts';

/** A token is renewed so long before it ends. */
const AHEAD = 5 * 60_000;

async function renew(): Promise<void> {
  const known = sessionStore.get();
  if (!known) return;
  const next = await signIn(known.as, known.name);
  // Somebody may have signed out, or in as another, while this was on its way.
  if (sessionStore.get()?.principal.sub === next.principal.sub) sessionStore.set(next);
}

/** Keeps who is signed in, and their token fresh. */
export function SessionProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const session = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  const dialog = useRef<HTMLDialogElement>(null);
  const expiresAt = session?.expiresAt;

  useEffect(() => {
    if (expiresAt === undefined) return undefined;
    const wait = Math.max(expiresAt - AHEAD - Date.now(), 0);
    // Without a network it fails; Zero then asks for a new token when it connects again.
    const timer = setTimeout(() => void renew().catch(() => {}), wait);
    return () => clearTimeout(timer);
  }, [expiresAt]);

  const control = useMemo<SessionControl>(
    () => ({
      session,
      isAdmin: session?.principal.roles.includes('admin') ?? false,
      signIn: async (as, name) => sessionStore.set(await signIn(as, name)),
      signOut: () => sessionStore.set(undefined),
      renew,
      ask: () => dialog.current?.showModal(),
    }),
    [session],
  );
  return (
    <SessionContext value={control}>
      {children}
      <SignInDialog ref={dialog} />
    </SessionContext>
  );
}
