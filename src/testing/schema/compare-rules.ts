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

/** Checks that every table has rules or is declared open, and that all enforcers agree. */
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
          'it is declared open, but has rules.',
          `remove ${exportName} from open.`,
        );
      else coverage.tried(`access ${id}`, 0);
    } else if (isOpen) coverage.untried(`access ${id}`, 'it is declared open');
    else {
      coverage.failed(
        `access ${id}`,
        'it has no access rules, but other tables do.',
        `add access(…), or declare the table open: open: ['${exportName}'].`,
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
