import { emitCompanion, type Companion } from './emit-companion.ts';
import type { Publication } from '../../model/publication.ts';
import type { Schema } from '../../model/schema.ts';

/** The inputs of the companion SQL. */
export interface CompanionSource {
  readonly schema: Schema;
  readonly publication: Publication | undefined;
  /** Whether doc comments become comments in the database; true by default. */
  readonly comments?: boolean | undefined;
}

/** The companion SQL for the definitions. */
export function companionOf({
  schema: { tables, views, extensions, access, roleRules, policies, companion, maintenance },
  publication,
  comments,
}: CompanionSource): Companion {
  return emitCompanion({
    tables,
    views,
    extensions,
    ...(access && { access }),
    ...(roleRules && { roleRules }),
    ...(maintenance && { maintenance }),
    policies,
    own: companion,
    ...(publication && { publication }),
    ...(comments !== undefined && { comments }),
  });
}
