import type { ReactNode } from 'react';
import { useSession } from './use-session.ts';

/** The user's name and role, with buttons to sign in and out. */
export function AccountMenu(): ReactNode {
  const { session, isAdmin, ask, signOut } = useSession();
  if (!session) {
    return (
      <button type="button" className="button" onClick={ask}>
        Sign in
      </button>
    );
  }
  return (
    <div className="account">
      <span className="account-name" title={session.name}>
        {session.name}
        {isAdmin && <span className="badge">admin</span>}
      </span>
      <button type="button" className="button quiet" onClick={signOut}>
        Sign out
      </button>
    </div>
  );
}
