import type { ReactNode } from 'react';
import { useSession } from '../session/use-session.ts';

/** Message with a sign-in button. */
export function SignInFirst({ children }: { readonly children: ReactNode }): ReactNode {
  const { ask } = useSession();
  return (
    <section className="empty">
      <p>{children}</p>
      <button type="button" className="button primary" onClick={ask}>
        Sign in
      </button>
    </section>
  );
}
