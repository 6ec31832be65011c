import { useCallback, useEffect, useState } from 'react';

interface CacheUrl {
  readonly cacheURL?: string;
  readonly failure?: string;
}

/** Address of zero-cache, from the server of this page. */
export function useCacheUrl(): CacheUrl & { readonly retry: () => void } {
  const [found, setFound] = useState<CacheUrl>({});
  const look = useCallback(async (signal?: AbortSignal): Promise<void> => {
    const answer = await ask(signal);
    if (signal?.aborted !== true) setFound(answer);
  }, []);
  useEffect(() => {
    const stop = new AbortController();
    // Sets no state before the response.
    // oxlint-disable-next-line react/set-state-in-effect
    void look(stop.signal);
    return () => stop.abort();
  }, [look]);
  return { ...found, retry: () => void look() };
}

async function ask(signal: AbortSignal | undefined): Promise<CacheUrl> {
  try {
    const response = await fetch('/api/config', signal && { signal });
    if (!response.ok) return { failure: `The server responded with status ${response.status}.` };
    const { cacheURL } = (await response.json()) as { readonly cacheURL?: string };
    if (cacheURL !== undefined) return { cacheURL };
    // The page can load before zero-cache runs.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return await ask(signal);
  } catch {
    return { failure: 'The server cannot be reached.' };
  }
}
