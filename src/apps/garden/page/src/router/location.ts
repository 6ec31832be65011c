import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const told = (): void => {
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', told);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', told);
  };
}

const current = (): string => window.location.pathname + window.location.search;

/** Where the page is: path and search. */
export function useLocation(): URL {
  const here = useSyncExternalStore(subscribe, current);
  return new URL(here, window.location.origin);
}

/** What a place remembers while somebody is elsewhere: the link that they left by. */
interface Left {
  readonly leftBy?: string;
}

/** Goes somewhere. The place that is left remembers by which link, so that "back" leads to it. */
export function navigate(href: string, how: 'push' | 'replace' = 'push'): void {
  if (href === current()) return;
  if (how === 'replace') {
    window.history.replaceState(window.history.state, '', href);
  } else {
    window.history.replaceState({ leftBy: href } satisfies Left, '');
    window.history.pushState({}, '', href);
    window.scrollTo({ top: 0, behavior: 'instant' });
  }
  told();
}

/** The link that this place was left by, when somebody comes back to it. */
export function leftBy(): string | undefined {
  return (window.history.state as Left | null)?.leftBy;
}
