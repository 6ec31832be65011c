import { createContext, use } from 'react';
import type { Role, Session } from './session.ts';

export interface SessionControl {
  /** Nobody, where it is left out. */
  readonly session: Session | undefined;
  readonly isAdmin: boolean;
  signIn(as: Role, name: string): Promise<void>;
  signOut(): void;
  /** A new token for the same person. */
  renew(): Promise<void>;
  /** Opens the dialog. */
  ask(): void;
}

export const SessionContext = createContext<SessionControl | undefined>(undefined);

export function useSession(): SessionControl {
  const control = use(SessionContext);
  if (!control) throw new Error('useSession needs a SessionProvider above it.');
  return control;
}
