import { useCallback, useState } from 'react';
import type { Shown } from './result-page.tsx';

interface ShownRows {
  readonly rows: number;
  readonly isComplete: boolean;
  readonly report: (page: number, shown: Shown | undefined) => void;
}

/** Sums the rows of all pages of a list. */
export function useShownRows(): ShownRows {
  const [pages, setPages] = useState<ReadonlyMap<number, Shown>>(new Map());
  const report = useCallback((page: number, shown: Shown | undefined) => {
    setPages((before) => {
      const next = new Map(before);
      if (shown) next.set(page, shown);
      else next.delete(page);
      return next;
    });
  }, []);
  const all = [...pages.values()];
  return {
    rows: all.reduce((sum, { rows }) => sum + rows, 0),
    isComplete: all.length > 0 && all.every(({ isComplete }) => isComplete),
    report,
  };
}
