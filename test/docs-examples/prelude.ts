/** Values that examples leave to the reader: a database, a query, a row. */
export const PRELUDE = `
import type { AST } from '@rocicorp/zero';
import type { zeroSchema as everySchema } from './zero-schema.ts';
import type { ServerTransaction } from '@rocicorp/zero/server';
import type { drizzle } from 'drizzle-orm/pglite';
import type { RowChecks } from '@techgarden/schema/sync';
import type { Claims } from '@techgarden/schema/kit';
import { account as everyAccount, packages as everyPackage } from '@techgarden/schema';
import type * as garden from '@techgarden/schema';
import type { expect as vitestExpect } from 'vitest';
declare global {
  const db: ReturnType<typeof drizzle<typeof garden>>;
  const id: string;
  const ast: AST;
  const claims: Claims;
  const tx: ServerTransaction<typeof everySchema, unknown>;
  const zeroSchema: typeof everySchema;
  const checks: RowChecks;
  const account: typeof everyAccount;
  const packages: typeof everyPackage;
  const twice: typeof everyPackage.$inferInsert;
  const everything: typeof everyPackage.$inferInsert;
  const expect: typeof vitestExpect;
}
`;

export const ZERO_SCHEMA = `
import { createSchema, string, table } from '@rocicorp/zero';
export const zeroSchema = createSchema({
  tables: [table('bookmarks').columns({ id: string() }).primaryKey('id')],
});
`;

export const SERVER = `
import type { SyncServer } from '@techgarden/schema/server';
export declare const server: SyncServer;
`;

export const LABELS = `
import { text } from 'drizzle-orm/pg-core';
import { id, pgTable } from '@techgarden/schema/kit';
export const labels = pgTable('labels', { id: id(), name: text('name').notNull() });
`;

/** The modules of a project of one's own, which docs/dev.md and docs/rollups.md import. */
export const PROJECT: Readonly<Record<string, string>> = {
  'hits.ts':
    "import type { PgTable } from 'drizzle-orm/pg-core';\nexport declare const hitHours: PgTable;\nexport declare const hitDays: PgTable;\n",
  'zero-schema.gen.ts': "export { schema } from '@techgarden/schema/garden/zero';\n",
  'queries.ts': "export { queries } from '@techgarden/schema/garden/zero';\n",
  'mutators.ts': "export { mutators } from '@techgarden/schema/garden/zero';\n",
  'zero-checks.gen.ts':
    "import type { RowChecks } from '@techgarden/schema/sync';\nexport declare const checks: RowChecks;\n",
  'zero-rules.gen.ts':
    "import type { AccessRules } from '@techgarden/schema/server';\nexport declare const rules: AccessRules;\n",
};
