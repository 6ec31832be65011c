import { quoteName } from '../../model/quote-sql.ts';
import type { ForeignKey } from '../../model/foreign-key.ts';
import { columnNamed, pointingAt } from '../../rows/draw-row.ts';
import type { Row } from '../../rows/row.ts';
import type { Family } from './family.ts';
import { tryAll, type Lab } from './lab.ts';
import { deleteSql, insertSql, rowCondition, tableSql, updateSql, valueSql } from './row-sql.ts';
import { showOutcome, type Outcome, type TrialError } from './run-trials.ts';
import { subjects } from './subjects.ts';

type ReferentialAction = ForeignKey['onDelete'];

/** State of the child after the action: number of rows, and whether the key columns have the expected values. */
interface Left {
  readonly rows: number;
  readonly expected: boolean;
}

/** Tests the deletion of the parent. */
export async function tryDelete(lab: Lab, family: Family): Promise<void> {
  const { key, target, parent } = family;
  await tryAction(lab, family, {
    subject: subjects.onDelete(family.table, key),
    action: key.onDelete,
    changed: key.onDeleteColumns ?? key.columns,
    statement: deleteSql(target, parent),
    what: `deleting the row of ${target.id}`,
    cascaded: undefined,
  });
}

/** Tests a change of the referenced columns of the parent. */
export async function tryUpdate(lab: Lab, family: Family): Promise<void> {
  const { key, target, parent, table } = family;
  const subject = subjects.onUpdate(table, key);
  const referenced = key.references.columns.flatMap((name) => columnNamed(target, name) ?? []);
  if (referenced.some(({ generated }) => generated !== undefined)) {
    return lab.coverage.untried(subject, 'the referenced columns are generated');
  }
  const free = referenced.filter(({ name }) =>
    target.foreignKeys.every(({ columns }) => !columns.includes(name)),
  );
  const spare = lab.worlds[2]?.get(target.id);
  if (free.length === 0 || !spare) {
    return lab.coverage.untried(subject, 'the referenced columns are foreign keys themselves');
  }
  const changes = Object.fromEntries(free.map((column) => [column.key, spare[column.key]]));
  await tryAction(lab, family, {
    subject,
    action: key.onUpdate,
    changed: key.columns,
    statement: updateSql(target, parent, changes),
    what: `changing the key of the row of ${target.id}`,
    cascaded: pointingAt(table, key, target, { ...parent, ...changes }),
  });
}

interface ActionTrial {
  readonly subject: string;
  readonly action: ReferentialAction;
  /** The columns that SET NULL and SET DEFAULT change, by their names in SQL. */
  readonly changed: readonly string[];
  readonly statement: string;
  readonly what: string;
  /** The child's columns after CASCADE; `undefined` if it is deleted. */
  readonly cascaded: Row | undefined;
}

async function tryAction(lab: Lab, family: Family, action: ActionTrial): Promise<void> {
  const { table, key, child } = family;
  const before = [...defaultParent(family, action), ...family.statements];
  const statements = [...before, action.statement];
  const question = `select jsonb_build_object('rows', count(*), 'expected',
      coalesce(bool_and(${expectedSql(family, action)}), true))
    from ${tableSql(table)} where ${rowCondition(table, child, key.columns)}`;
  const [outcome = {}] = await tryAll(lab, [{ statements, question }]);
  judge(lab, family, action, { outcome, prepared: before.length });
}

/** SET DEFAULT needs a parent that the default references. */
function defaultParent(
  { table, key, target, parent }: Family,
  { action, changed }: ActionTrial,
): readonly string[] {
  if (action !== 'set default') return [];
  const defaults = key.columns.map((name) => columnNamed(table, name)?.defaultSql);
  if (changed.length < key.columns.length || defaults.includes(undefined)) return [];
  const expressions = Object.fromEntries(
    key.references.columns.map((name, at) => [name, defaults[at] ?? 'null']),
  );
  // An additional row, unless it conflicts with an existing one.
  return [`${insertSql(target, parent, expressions)} on conflict do nothing`];
}

function expectedSql({ table, key }: Family, { action, changed, cascaded }: ActionTrial): string {
  const conditions = key.columns.map((name) => {
    const column = columnNamed(table, name);
    const quoted = quoteName(name);
    if (!column || !changed.includes(name)) return 'true';
    if (action === 'set null') return `${quoted} is null`;
    if (action === 'set default') {
      return `${quoted} is not distinct from (${column.defaultSql ?? 'null'})`;
    }
    return cascaded ? `${quoted} = ${valueSql(cascaded[column.key], column)}` : 'true';
  });
  return conditions.join(' and ');
}

function judge(
  { coverage }: Lab,
  { table, key }: Family,
  { subject, action, what, cascaded }: ActionTrial,
  { outcome, prepared }: { readonly outcome: Outcome; readonly prepared: number },
): void {
  const { error, answer } = outcome;
  const left = answer as Left | null | undefined;
  const isOwn = error?.constraint === key.name && /^2300[13]$|^23503$/.test(error.code);
  if (error && !isOwn && error.at > prepared) {
    const reason = otherReason(table.checks, action, error);
    if (reason !== undefined) return coverage.untried(subject, reason);
  }
  const met = {
    cascade: cascaded ? left?.rows === 1 && left.expected : left?.rows === 0,
    'set null': left?.rows === 1 && left.expected,
    'set default': left?.rows === 1 && left.expected,
    restrict: isOwn,
    'no action': isOwn,
  }[action];
  if (met) return coverage.tried(subject);
  const found = left
    ? `${left.rows} row is left${left.expected ? '' : ', with other values'}`
    : showOutcome(outcome);
  coverage.failed(subject, `${what} should do ${action.toUpperCase()}; ${found}.`);
}

/** Another constraint that refuses the action or its result. */
function otherReason(
  checks: readonly { readonly name: string }[],
  action: ReferentialAction,
  error: TrialError,
): string | undefined {
  const sets = action === 'set null' || action === 'set default';
  if (sets && error.code === '23502') return `${error.column} is NOT NULL: it always fails`;
  if (sets && checks.some(({ name }) => name === error.constraint)) {
    return `the check ${error.constraint} refuses the resulting row`;
  }
  return error.code === '23503' || error.code === '23001'
    ? `the foreign key ${error.constraint} refuses it first`
    : undefined;
}
