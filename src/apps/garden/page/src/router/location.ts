import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const notify = (): void => {
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', notify);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', notify);
  };
}

const current = (): string => window.location.pathname + window.location.search;

/** The current URL: path and search. */
export function useLocation(): URL {
  const here = useSyncExternalStore(subscribe, current);
  return new URL(here, window.location.origin);
}

/** State of a history entry: the link by which the user left it. */
interface Left {
  readonly leftBy?: string;
}

/**
 * Navigates to an address. The current history entry stores the link, so that "back" can focus it.
 */
export function navigate(href: string, how: 'push' | 'replace' = 'push'): void {
  if (href === current()) return;
  if (how === 'replace') {
    window.history.replaceState(window.history.state, '', href);
  } else {
    window.history.replaceState({ leftBy: href } satisfies Left, '');
    window.history.pushState({}, '', href);
    window.scrollTo({ top: 0, behavior: 'instant' });
  }
  notify();
}

/** The link by which the user left this history entry, if any. */
export function leftBy(): string | undefined {
  return (window.history.state as Left | null)?.leftBy;
}
