import { useConnectionState, useZero } from '@rocicorp/zero/react';
import { useEffect, useState, type ReactNode } from 'react';
import { useSession } from '../session/use-session.ts';

/** Short breaks are nobody's business. */
const PATIENCE = 1500;

/** Gets a new token when the old one is refused, and says when there is no connection. */
export function ConnectionKeeper(): ReactNode {
  const zero = useZero();
  const state = useConnectionState();
  const { session, renew, signOut } = useSession();
  const away = useLasting(state.name !== 'connected' && state.name !== 'closed', PATIENCE);

  useEffect(() => {
    if (state.name !== 'needs-auth') return undefined;
    if (!session) {
      void zero.connection.connect();
      return undefined;
    }
    let current = true;
    // A stack that began anew does not know the token, but still the name.
    void renew().catch(() => current && signOut());
    return () => {
      current = false;
    };
    // Once for each refusal, and not for the token that comes of it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [state.name]);

  const reconnect = (): void => void zero.connection.connect();
  return (
    <div role="status" aria-live="polite">
      {away && (
        <div className="banner">
          <span className="banner-dot" aria-hidden="true" />
          <span>
            {state.name === 'error'
              ? 'The connection was lost.'
              : 'Offline. You see what is kept here, and what you change is sent later.'}
          </span>
          {state.name === 'error' && (
            <button type="button" className="button small" onClick={reconnect}>
              Connect again
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** True once it has been so for a while. */
function useLasting(now: boolean, milliseconds: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLasting(now), now ? milliseconds : 0);
    return () => clearTimeout(timer);
  }, [now, milliseconds]);
  return now && lasting;
}
