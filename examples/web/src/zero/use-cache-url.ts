import { useCallback, useEffect, useState } from 'react';

interface CacheUrl {
  readonly cacheURL?: string;
  readonly failure?: string;
}

/** Where zero-cache is: the server of this page knows it. */
export function useCacheUrl(): CacheUrl & { readonly retry: () => void } {
  const [found, setFound] = useState<CacheUrl>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    void ask(stop.signal).then((answer) => {
      if (!stop.signal.aborted) setFound(answer);
    });
    return () => stop.abort();
  }, [turn]);
  return { ...found, retry: useCallback(() => setTurn((last) => last + 1), []) };
}

async function ask(signal: AbortSignal): Promise<CacheUrl> {
  try {
    const response = await fetch('/api/config', { signal });
    if (response.ok) return (await response.json()) as { readonly cacheURL: string };
    return { failure: `Its server answered ${response.status}.` };
  } catch {
    return { failure: 'Its server cannot be reached.' };
  }
}
