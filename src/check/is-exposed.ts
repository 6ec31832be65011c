import { schemaOf } from '../model/table-id.ts';

/** The roles that Supabase's API runs as, and PUBLIC. */
const API_ROLES = new Set(['anon', 'authenticated', 'public']);

/** An object with privileges. */
interface Guarded {
  readonly schema?: string;
  readonly readers?: readonly string[];
}

/**
 * Whether Supabase's API serves it: it is in `public`, and the API's roles may read it, which is
 * the default.
 */
export const isExposed = ({ readers, ...named }: Guarded): boolean =>
  schemaOf(named) === 'public' && (readers === undefined || readers.some(isApiRole));

export const isApiRole = (role: string): boolean => API_ROLES.has(role);
