import { useQuery } from '@rocicorp/zero/react';
import { queries, type SyncedPackage } from '@techgarden/schema/garden/zero';
import { useEffect, type ReactNode } from 'react';
import { LoadMore } from '../parts/load-more.tsx';
import { QueryFailure } from '../parts/query-failure.tsx';
import { PackageRow } from './package-row.tsx';
import type { Search, Sort } from './use-search.ts';

export const PAGE_SIZE = 50;

const SORTED_BY = {
  name: 'name',
  newest: 'createdAt',
  updated: 'updatedAt',
} as const satisfies Record<Sort, keyof SyncedPackage>;

/** The values that a page of results reports to its list. */
export interface Shown {
  readonly rows: number;
  readonly isComplete: boolean;
}

interface Props {
  readonly search: Search;
  readonly after?: { readonly id: string; readonly value: string | number };
  /** Number of pages before this one. `wanted` is the number of pages to show. */
  readonly before: number;
  readonly wanted: number;
  readonly onShown: (page: number, shown: Shown | undefined) => void;
  readonly onMore: () => void;
}

/**
 * A page of results, followed by the next one. Each page starts after the current last row of the
 * previous page, so added and removed rows leave no gap between pages.
 */
export function ResultPage({ search, after, before, wanted, onShown, onMore }: Props): ReactNode {
  const { text, registry, tags, sort } = search;
  const [rows, details] = useQuery(
    queries.packages.search({
      ...(text && { text }),
      ...(registry && { registry }),
      ...(tags.length > 0 && { tags: { all: [...tags] } }),
      sort,
      ...(after && { after }),
      limit: PAGE_SIZE,
    }),
  );
  const isComplete = details.type === 'complete';
  useEffect(() => {
    onShown(before, { rows: rows.length, isComplete });
    return () => onShown(before, undefined);
  }, [before, rows.length, isComplete, onShown]);

  const last = rows.length === PAGE_SIZE ? rows.at(-1) : undefined;
  return (
    <>
      <QueryFailure details={details} />
      {rows.map((row) => (
        <PackageRow key={row.id} row={row} />
      ))}
      {last && before + 1 < wanted && (
        <ResultPage
          search={search}
          after={{ id: last.id, value: last[SORTED_BY[sort]] }}
          before={before + 1}
          wanted={wanted}
          onShown={onShown}
          onMore={onMore}
        />
      )}
      {last && before + 1 === wanted && (
        <li className="more-row">
          <LoadMore onMore={onMore} />
        </li>
      )}
    </>
  );
}
