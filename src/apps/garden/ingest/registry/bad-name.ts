import type { Registry } from '../../tables/registry.ts';
import { FetchFailure } from '../http/fetch-failure.ts';

/** A name that no package of the registry can have is never put into an address. */
export function badName(registry: Registry, name: string): FetchFailure {
  return new FetchFailure(
    {
      code: 'ingest/bad-name',
      message: `${JSON.stringify(name.slice(0, 100))} is no name that a package of ${registry} can have.`,
      fix: 'ask for the package under its name in the registry.',
    },
    { retry: false },
  );
}
