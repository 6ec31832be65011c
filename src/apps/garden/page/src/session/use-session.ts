import { createContext, use } from 'react';
import type { Role, Session } from './session.ts';

export interface SessionControl {
  /** `undefined` if nobody is signed in. */
  readonly session: Session | undefined;
  readonly isAdmin: boolean;
  signIn(as: Role, name: string): Promise<void>;
  signOut(): void;
  /** Requests a new token for the same user. */
  renew(): Promise<void>;
  /** Opens the sign-in dialog. */
  ask(): void;
}

export const SessionContext = createContext<SessionControl | undefined>(undefined);

export function useSession(): SessionControl {
  const control = use(SessionContext);
  if (!control) throw new Error('useSession needs a SessionProvider above it.');
  return control;
}
