import type { Schema } from '../../model/schema.ts';
import { compareAccess } from '../access/compare-access.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import type { Coverage } from './coverage.ts';

interface RulesOptions {
  readonly seed?: number;
  /** Tables without rules, by export or id. */
  readonly open?: readonly string[];
  readonly accessCases?: number;
}

/** Every table has rules or is said to have none, and all that enforces rules agrees. */
export async function compareRules(
  client: PostgresClient,
  { tables, access }: Schema,
  coverage: Coverage,
  { open = [], accessCases = 300, seed = 1 }: RulesOptions,
): Promise<void> {
  if (!access) return;
  for (const { id, exportName } of tables) {
    const isOpen = open.includes(exportName) || open.includes(id);
    if (id in access.rules.tables) {
      if (isOpen)
        coverage.failed(
          `access ${id}`,
          'it is declared open, and has rules.',
          `leave ${exportName} out of open.`,
        );
      else coverage.tried(`access ${id}`, 0);
    } else if (isOpen) coverage.untried(`access ${id}`, 'it is declared open');
    else {
      coverage.failed(
        `access ${id}`,
        'it has no access rules, though other tables have.',
        `give it access(…), or say that it has none: open: ['${exportName}'].`,
      );
    }
  }
  try {
    const role = access.roles.at(-1);
    const compared = await compareAccess({
      client,
      rules: access.rules,
      cases: accessCases,
      seed,
      ...(role !== undefined && { role }),
    });
    coverage.tried('access', compared.cases);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ERR_MODULE_NOT_FOUND') {
      coverage.untried('access', 'fast-check is not installed');
    } else coverage.failed('access', error instanceof Error ? error.message : String(error));
  }
}
