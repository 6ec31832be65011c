import { useConnectionState, useZero } from '@rocicorp/zero/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useSession } from '../session/use-session.ts';

/** Connection losses shorter than this are not shown, in milliseconds. */
const PATIENCE = 1500;
/** Minimum time between two sign-in attempts, in milliseconds. */
const AGAIN = 5000;

/** Renews a refused token, and shows a banner while there is no connection. */
export function ConnectionKeeper(): ReactNode {
  const zero = useZero();
  const state = useConnectionState();
  const { session, renew, signOut } = useSession();
  const away = useLasting(state.name !== 'connected' && state.name !== 'closed', PATIENCE);

  const lastTry = useRef(0);
  useEffect(() => {
    if (state.name !== 'needs-auth') return undefined;
    const isAgain = Date.now() - lastTry.current < AGAIN;
    const timer = setTimeout(
      () => {
        lastTry.current = Date.now();
        // A restarted stack does not know the token, but accepts the name.
        const renewed = session ? renew() : zero.connection.connect();
        void renewed.catch(signOut);
      },
      isAgain ? AGAIN : 0,
    );
    return () => clearTimeout(timer);
    // Runs once per refusal, not for the renewed token.
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
              : 'Offline. You see local data, and your changes are sent later.'}
          </span>
          {state.name === 'error' && (
            <button type="button" className="button small" onClick={reconnect}>
              Reconnect
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** True once `now` has been true for the given time. */
function useLasting(now: boolean, milliseconds: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLasting(now), now ? milliseconds : 0);
    return () => clearTimeout(timer);
  }, [now, milliseconds]);
  return now && lasting;
}
