import { registries, type Registry } from '@techgarden/schema';
import { navigate, useLocation } from '../router/location.ts';

export const sorts = ['name', 'newest', 'updated'] as const;
export type Sort = (typeof sorts)[number];

/** A search. It is stored in the URL, so that users can bookmark and share it. */
export interface Search {
  readonly text: string;
  readonly registry: Registry | undefined;
  readonly tags: readonly string[];
  readonly sort: Sort;
}

/** The search and a function to change it. */
export function useSearch(): [Search, (change: Partial<Search>) => void] {
  const { searchParams } = useLocation();
  const search: Search = {
    text: searchParams.get('q') ?? '',
    registry: registries.find((one) => one === searchParams.get('registry')),
    tags: searchParams.getAll('tag').slice(0, 10),
    sort: sorts.find((one) => one === searchParams.get('sort')) ?? 'name',
  };
  return [search, (change) => navigate(hrefOf({ ...search, ...change }), 'replace')];
}

function hrefOf({ text, registry, tags, sort }: Search): string {
  const params = new URLSearchParams();
  if (text) params.set('q', text);
  if (registry) params.set('registry', registry);
  for (const tag of tags) params.append('tag', tag);
  if (sort !== 'name') params.set('sort', sort);
  return params.size === 0 ? '/' : `/?${params}`;
}
