import { useConnectionState, useZero } from '@rocicorp/zero/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useSession } from '../session/use-session.ts';

/** Short breaks are nobody's business. */
const PATIENCE = 1500;
/** A server that refuses everybody is not asked without a pause. */
const AGAIN = 5000;

/** Gets a new token when the old one is refused, and says when there is no connection. */
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
        // A stack that began anew does not know the token, but still the name.
        const renewed = session ? renew() : zero.connection.connect();
        void renewed.catch(signOut);
      },
      isAgain ? AGAIN : 0,
    );
    return () => clearTimeout(timer);
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
