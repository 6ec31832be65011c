import type { Claims, Operation } from '../../../model/rule.ts';
import { askedOperations } from './asked-operations.ts';
import { OperationCoverage, type OperationQuestions } from './diff-coverage.ts';
import { showRows, type ShownRows } from './example-rows.ts';
import { findChanges, type FoundChange } from './find-changes.ts';
import { rolesIn, type PrincipalClass } from './principal-facts.ts';
import type { RulesVersion } from './rules-version.ts';
import { sceneTables, type SceneTables } from './scene-tables.ts';

export interface DiffOptions {
  /** The same seed draws the same rows and tokens. */
  readonly seed?: number;
  /** Questions for each operation and kind of principal. */
  readonly questions?: number;
}

/** An operation that a principal gains or loses. */
export interface AccessChange {
  readonly change: 'gain' | 'loss';
  readonly table: string;
  readonly operation: Operation;
  /** Only this column is gained or lost. */
  readonly column?: string;
  readonly principal: PrincipalClass;
  readonly example: AccessExample;
}

/** The smallest rows and claims that show a change. */
export interface AccessExample extends ShownRows {
  readonly claims: Claims;
}

export interface AccessDiff {
  readonly changes: readonly AccessChange[];
  readonly seed: number;
  /** The operations whose rules are written differently. */
  readonly asked: readonly OperationQuestions[];
  /** The number of operations whose rules are written the same. */
  readonly unchanged: number;
}

/**
 * Compares the rules of two versions of a project: which principals gain or lose which
 * operation. The oracle of each version decides about random rows and tokens, which are drawn
 * towards a different answer. It opens no database.
 */
export function diffAccess(
  before: RulesVersion,
  after: RulesVersion,
  options: DiffOptions = {},
): AccessDiff {
  const { seed = 1, questions = 200 } = options;
  const { asked, unchanged } = askedOperations(before, after);
  const search = { before, after, seed, questions, roles: rolesIn([before, after]) };
  // A gain needs rows of the new tables; a loss, rows of the old ones.
  const sides = {
    loss: sceneTables(before, after),
    gain: sceneTables(after, before),
  };
  const found: AccessChange[] = [];
  const counted = asked.map((operation) => {
    const coverage = new OperationCoverage(operation, [before, after]);
    for (const change of ['gain', 'loss'] as const) {
      const tables = sides[change];
      const changes = findChanges(search, operation, change, { tables, coverage });
      found.push(...changes.map((one) => describe(one, [before, after], tables)));
    }
    return coverage.of(operation);
  });
  return { changes: withoutRepeats(found), seed, asked: counted, unchanged };
}

function describe(
  found: FoundChange,
  versions: readonly RulesVersion[],
  tables: SceneTables,
): AccessChange {
  const { asked, change, principal, scene } = found;
  const { table, operation, column } = asked;
  return {
    change,
    table,
    operation,
    ...(column !== undefined && { column }),
    principal,
    example: { claims: scene.claims, ...showRows(found, versions, tables) },
  };
}

/** A principal that gains or loses a whole operation also gains or loses it for each column. */
function withoutRepeats(changes: readonly AccessChange[]): readonly AccessChange[] {
  const textOf = ({ change, table, operation, principal }: AccessChange): string =>
    JSON.stringify([change, table, operation, principal]);
  const whole = new Set(changes.flatMap((one) => (one.column === undefined ? [textOf(one)] : [])));
  return changes.filter((one) => one.column === undefined || !whole.has(textOf(one)));
}
