import type { ForeignKey } from '../../model/foreign-key.ts';
import type { Table } from '../../model/table.ts';
import { pointingAt, withoutSelfReferences } from '../../rows/draw-row.ts';
import { ancestorsOf } from '../../rows/insert-order.ts';
import type { Family } from './family.ts';
import { ancestorsSql, tryAll, type Lab } from './lab.ts';
import { insertSql } from './row-sql.ts';
import { showOutcome } from './run-trials.ts';
import { subjects } from './subjects.ts';
import { tryDelete, tryUpdate } from './try-actions.ts';

/** Tests each foreign key with a missing target, a deleted target, and a target whose key changes. */
export async function tryForeignKeys(lab: Lab, table: Table): Promise<void> {
  const { coverage, schema } = lab;
  for (const key of table.foreignKeys) {
    const all = [
      subjects.foreignKey(table, key),
      subjects.onDelete(table, key),
      subjects.onUpdate(table, key),
    ];
    const target = schema.tables.find(({ id }) => id === key.references.table);
    const reason = key.notEnforced
      ? 'it is NOT ENFORCED'
      : `${key.references.table} is not in the schema`;
    if (!target || key.notEnforced) {
      for (const subject of all) coverage.untried(subject, reason);
      continue;
    }
    await tryMissing(lab, table, key, target);
    const family = await makeFamily(lab, table, key, target);
    if (!family) continue;
    await tryDelete(lab, family);
    await tryUpdate(lab, family);
  }
}

async function tryMissing(lab: Lab, table: Table, key: ForeignKey, target: Table): Promise<void> {
  const { coverage, worlds } = lab;
  const subject = subjects.foreignKey(table, key);
  const [own, nowhere] = [worlds[0]?.get(table.id), worlds[2]?.get(target.id)];
  if (!own || !nowhere) return coverage.failed(subject, `${target.id} has no rows to reference.`);
  const pointing = pointingAt(table, key, target, nowhere);
  // A column that another foreign key shares would violate that key too.
  const alone = Object.entries(pointing).filter(([name]) => {
    const { name: column } = table.columns.find(({ key: own }) => own === name) ?? { name };
    return table.foreignKeys.every((other) => other === key || !other.columns.includes(column));
  });
  const rows = [
    { ...own, ...Object.fromEntries(alone) },
    { ...own, ...pointing },
  ];
  const outcomes = await tryAll(
    lab,
    rows.slice(alone.length === 0 ? 1 : 0).map((row) => ({ statements: [insertSql(table, row)] })),
  );
  const errors = outcomes.flatMap(({ error }) => error ?? []);
  if (errors.some(({ code, constraint }) => code === '23503' && constraint === key.name)) {
    return coverage.tried(subject);
  }
  const shared = errors.find(({ code, constraint }) => {
    return code === '23503' && table.foreignKeys.some(({ name }) => name === constraint);
  });
  if (shared) return coverage.untried(subject, `${shared.constraint} refuses the same rows first`);
  coverage.failed(
    subject,
    `a row that references a missing row of ${target.id} should be refused. ${showOutcome(outcomes.at(-1) ?? {})}`,
  );
}

/**
 * A child of the first world that references a parent of the second world by this key
 * only; or, if keys share columns, a child of the second world.
 */
async function makeFamily(
  lab: Lab,
  table: Table,
  key: ForeignKey,
  target: Table,
): Promise<Family | undefined> {
  const [own, other] = [lab.worlds[0]?.get(table.id), lab.worlds[1]?.get(table.id)];
  const whole = lab.worlds[1]?.get(target.id);
  const parent = whole && (target === table ? withoutSelfReferences(table, whole) : whole);
  if (!own || !other || !parent) {
    lab.coverage.failed(subjects.onDelete(table, key), 'there are no rows to test it with.');
    lab.coverage.failed(subjects.onUpdate(table, key), 'there are no rows to test it with.');
    return undefined;
  }
  const above = [...ancestorsSql(lab, target, 1), insertSql(target, parent)];
  const all = ancestorsOf(table, lab.order).includes(target) ? ancestorsSql(lab, table, 1) : above;
  const pointing = pointingAt(table, key, target, parent);
  const options = [
    { child: { ...own, ...pointing }, before: above },
    { child: { ...other, ...pointing }, before: all },
  ].map(({ child, before }) => ({ child, statements: [...before, insertSql(table, child)] }));
  const outcomes = await tryAll(lab, options);
  const at = outcomes.findIndex(({ error }) => !error);
  const option = options[at];
  if (option) return { table, key, target, parent, ...option };
  const message = `no row of ${table.id} could reference another row of ${target.id}. ${showOutcome(outcomes[0] ?? {})}`;
  lab.coverage.failed(subjects.onDelete(table, key), message);
  lab.coverage.failed(subjects.onUpdate(table, key), message);
  return undefined;
}
