import type { Session } from './session.ts';

const KEY = 'techgarden.session';

const listeners = new Set<() => void>();
let text: string | null | undefined;
let session: Session | undefined;

/** The session, shared by all tabs of this browser. */
export const sessionStore = {
  get(): Session | undefined {
    const stored = localStorage.getItem(KEY);
    if (stored !== text) {
      text = stored;
      session = parse(stored);
    }
    return session;
  },
  set(next: Session | undefined): void {
    if (next) localStorage.setItem(KEY, JSON.stringify(next));
    else localStorage.removeItem(KEY);
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    window.addEventListener('storage', listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', listener);
    };
  },
};

function parse(stored: string | null): Session | undefined {
  try {
    return stored === null ? undefined : (JSON.parse(stored) as Session);
  } catch {
    return undefined;
  }
}
