import { useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { signIn } from './session.ts';
import { sessionStore } from './session-store.ts';
import { SignInDialog } from './sign-in-dialog.tsx';
import { SessionContext, type SessionControl } from './use-session.ts';

/** How long before its expiry a token is renewed, in milliseconds. */
const AHEAD = 5 * 60_000;

async function renew(): Promise<void> {
  const known = sessionStore.get();
  if (!known) return;
  const next = await signIn(known.as, known.name);
  // The user may have signed out or switched accounts during the request.
  if (sessionStore.get()?.principal.sub === next.principal.sub) sessionStore.set(next);
}

/** Provides the session and renews its token. */
export function SessionProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const session = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  const dialog = useRef<HTMLDialogElement>(null);
  const expiresAt = session?.expiresAt;

  useEffect(() => {
    if (expiresAt === undefined) return undefined;
    const wait = Math.max(expiresAt - AHEAD - Date.now(), 0);
    // This fails offline. Zero then requests a new token when it reconnects.
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
