import { ZeroProvider } from '@rocicorp/zero/react';
import { anonymous, mutators, schema } from '@techgarden/schema/garden/zero';
import { useMemo, type ReactNode } from 'react';
import { useSession } from '../session/use-session.ts';
import { ConnectionKeeper } from './connection-keeper.tsx';
import { useCacheUrl } from './use-cache-url.ts';

/** Zero refuses writes after it has been offline for this long, in milliseconds. */
const OFFLINE_FOR = 24 * 60 * 60_000;

/**
 * Provides the Zero client. Each principal has a separate store: when the principal changes, the
 * components below are remounted and no data of the previous user remains visible.
 */
export function GardenZero({ children }: { readonly children: ReactNode }): ReactNode {
  const { session } = useSession();
  const { cacheURL, failure, retry } = useCacheUrl();
  const sub = session?.principal.sub;
  const roles = session?.principal.roles.join(' ');
  // Stays the same object when the token is renewed, because a new object would create a new Zero
  // client.
  const context = useMemo(
    () => (sub === undefined ? anonymous : { sub, roles: roles ? roles.split(' ') : [] }),
    [sub, roles],
  );
  if (failure !== undefined) {
    return (
      <main className="alone">
        <h1>The garden is not available</h1>
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
        <h1>Loading the garden …</h1>
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
      // Tabs with the same store share a client group, and thus the data that zero-cache sends. So
      // each set of roles has its own store.
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
