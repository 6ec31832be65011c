import type { PgliteLike } from '../postgres/pglite-session.ts';

/** A database: a `postgres://` URL, or an open PGlite, which the caller closes. */
export type MaintenanceTarget = string | PgliteLike;
