import { companionSql, definerFunction } from '../../../kit/index.ts';
import { pathMatches } from './path-matches.ts';
import { PARAMETERS } from './search-arguments.ts';
import { searchBody } from './search-body.ts';

/**
 * Search in the packages that the principal may read. It runs as its owner, because a query of a
 * user cannot use the GIN indexes: their operators are not leakproof. Results are ordered by rank,
 * then by the time of the last change.
 */
export const searchFunctions = companionSql(
  pathMatches,
  ...definerFunction({
    name: 'search_packages',
    parameters: PARAMETERS,
    returns:
      'table (id uuid, user_id uuid, name text, description text, language text, tags text[], relevant_files_pattern text[], metadata jsonb, created_at timestamptz, updated_at timestamptz, rank real)',
    body: searchBody,
  }),
);
