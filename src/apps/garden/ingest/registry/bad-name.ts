import type { Registry } from '../../tables/registry.ts';
import { FetchFailure } from '../http/fetch-failure.ts';

/** Rejects an invalid package name, so that it never becomes part of an address. */
export function badName(registry: Registry, name: string): FetchFailure {
  return new FetchFailure(
    {
      code: 'ingest/bad-name',
      message: `${JSON.stringify(name.slice(0, 100))} is not a valid ${registry} package name.`,
      fix: 'request the package by its name in the registry.',
    },
    { retry: false },
  );
}
