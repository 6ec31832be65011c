import { ZeroProvider } from '@rocicorp/zero/react';
import { anonymous, mutators, schema } from '@techgarden/schema/garden/zero';
import { useMemo, type ReactNode } from 'react';
import { useSession } from '../session/use-session.ts';
import { ConnectionKeeper } from './connection-keeper.tsx';
import { useCacheUrl } from './use-cache-url.ts';

/** Writes made without a network are kept for so long before Zero refuses more of them. */
const OFFLINE_FOR = 24 * 60 * 60_000;

/**
 * The synced rows. Each principal has a store of their own: with another one, all
 * below begins anew, and nothing of the former is left on the screen.
 */
export function GardenZero({ children }: { readonly children: ReactNode }): ReactNode {
  const { session } = useSession();
  const { cacheURL, failure, retry } = useCacheUrl();
  const sub = session?.principal.sub;
  const roles = session?.principal.roles.join(' ');
  // The same object over a renewed token: another one would make another Zero.
  const context = useMemo(
    () => (sub === undefined ? anonymous : { sub, roles: roles ? roles.split(' ') : [] }),
    [sub, roles],
  );
  if (failure !== undefined) {
    return (
      <main className="alone">
        <h1>The garden is not there</h1>
        <p role="alert">{failure}</p>
        <button type="button" className="button primary" onClick={retry}>
          Try again
        </button>
      </main>
    );
  }
  if (cacheURL === undefined) {
    return (
      <main className="alone soon">
        <h1>The garden opens …</h1>
      </main>
    );
  }
  return (
    <ZeroProvider
      key={`${sub ?? 'anonymous'} ${roles ?? ''}`}
      schema={schema}
      mutators={mutators}
      cacheURL={cacheURL}
      userID={sub ?? null}
      // Tabs that share a store share a client group, and with it what zero-cache sends. Each
      // set of roles gets its own.
      storageKey={roles ?? ''}
      auth={session?.token}
      context={context}
      disconnectTimeoutMs={OFFLINE_FOR}
    >
      <ConnectionKeeper />
      {children}
    </ZeroProvider>
  );
}
