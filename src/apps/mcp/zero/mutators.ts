import { ApplicationError, defineMutators, defineMutatorWithType } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { crudMutators } from '../../../guard/crud/crud-mutators.ts';
import { moment, rowId } from '../../../guard/crud/arguments.ts';
import type { McpPrincipal } from './principal.ts';
import { checks } from './zero-checks.gen.ts';
import { schema, zql } from './zero-schema.gen.ts';

const defineMutator = defineMutatorWithType<typeof schema, McpPrincipal>();

/**
 * Mutators of package configurations. `rows.TABLE.insert`, `update` and `delete` write single rows;
 * the access rules decide. A client sets ids, times, and `[]` and `{}` for empty values itself.
 */
export const mutators = /* @__PURE__ */ defineMutators({
  packages: {
    /** Makes a former version the present one. The replaced state becomes a version. */
    restore: defineMutator(
      z.strictObject({ id: rowId, version: z.int().check(z.gte(1)), at: moment }),
      async ({ tx, args: { id, version, at } }) => {
        const found = await tx.run(
          zql.packageVersions.where('packageId', id).where('version', version).one(),
        );
        if (!found) {
          throw new ApplicationError(`the package has no version ${version}.`, {
            details: { code: 'mcp/no-version' },
          });
        }
        const { name, description, language, setupPrompt, tags, relevantFilesPattern, metadata } =
          found;
        await tx.mutate.packages.update({
          id,
          name,
          description,
          language,
          setupPrompt,
          tags,
          relevantFilesPattern,
          metadata,
          updatedAt: at,
        });
      },
    ),
  },
  // The database writes versions and usage.
  rows: crudMutators(schema, {
    checks,
    tables: ['categories', 'packageDependencies', 'packageShares', 'packages', 'users'],
  }),
});
