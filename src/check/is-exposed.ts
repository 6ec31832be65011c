import { schemaOf } from '../model/table-id.ts';

/** The roles that Supabase's API runs as, and everybody. */
const API_ROLES = new Set(['anon', 'authenticated', 'public']);

/** Something with privileges of its own. */
interface Guarded {
  readonly schema?: string;
  readonly readers?: readonly string[];
}

/**
 * Whether Supabase's API serves it: it is in `public`, and the roles of the API may read it,
 * as they may by default.
 */
export const isExposed = ({ readers, ...named }: Guarded): boolean =>
  schemaOf(named) === 'public' && (readers === undefined || readers.some(isApiRole));

export const isApiRole = (role: string): boolean => API_ROLES.has(role);
