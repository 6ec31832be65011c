import { qualifiedName, tableId, type QualifiedName } from '../../model/table-id.ts';
import { plainTree } from '../../read/sql/plain-tree.ts';
import { functionName } from '../../read/sql/replay-function.ts';
import { PUBLIC } from '../../read/sql/replay-grant.ts';
import type { Grants, Replayed, ReplayedTable, Written } from '../../read/sql/replayed.ts';
import type { Finding } from '../../report/problem.ts';

/** The differences between the migrations and the definitions; `folder` is a place without a file. */
export function compareReplayed(
  wanted: Replayed,
  found: Replayed,
  folder: string,
): readonly Finding[] {
  const differs = (thing: string, file: string | undefined): Finding =>
    edited(thing, file ?? folder);
  return [
    ...[...wanted.tables].flatMap(([key, table]) =>
      compareTable(key, table, found.tables.get(key), folder),
    ),
    ...[...wanted.functions].flatMap(([key, { created, grants }]) => {
      const other = found.functions.get(key);
      const name = functionName(key);
      return [
        // A function that is only granted is created elsewhere.
        ...(created === undefined || isSame(created, other?.created)
          ? []
          : [differs(`the function ${name}`, other?.created?.file)]),
        ...grantsChanged(grants, other?.grants).map(({ role, file }) =>
          differs(`the grant to ${role} on the function ${name}`, file),
        ),
      ];
    }),
    ...[...wanted.schemas].flatMap(([name, grants]) =>
      grantsChanged(grants, found.schemas.get(name)).map(({ role, file }) =>
        differs(`the grant to ${role} on the schema ${name}`, file),
      ),
    ),
    ...[...wanted.blocks.keys()]
      .filter((text) => !found.blocks.has(text))
      .map((text) =>
        differs(`the block do $$${text.replaceAll(/\s+/g, ' ').slice(0, 60)}… $$`, undefined),
      ),
  ];
}

function compareTable(
  key: string,
  wanted: ReplayedTable,
  found: ReplayedTable | undefined,
  folder: string,
): readonly Finding[] {
  const [schema, name] = JSON.parse(key) as [string, string];
  const report = (thing: string, file: string | undefined): Finding =>
    altered(thing, { schema, name }, file ?? folder);
  const findings: Finding[] = [];
  for (const [check, condition] of wanted.checks) {
    const other = found?.checks.get(check);
    // If no migration creates the table, its checks are created elsewhere too.
    if (!other && !found?.created) continue;
    if (!isSame(condition, other)) findings.push(report(`the check "${check}"`, other?.file));
  }
  const [from, to] = [found?.partition, wanted.partition].map((tree) => plainTree(tree ?? null));
  if (found?.created && from !== to) findings.push(repartitioned({ schema, name }, folder));
  // A table with access rules must not have other policies; policies of tables without
  // rules are not checked.
  const others = wanted.forced ? [...(found?.policies.keys() ?? [])] : [];
  for (const policy of new Set([...wanted.policies.keys(), ...others])) {
    const other = found?.policies.get(policy);
    if (policyText(other?.tree) !== policyText(wanted.policies.get(policy)?.tree)) {
      findings.push(report(`the policy "${policy}"`, other?.file));
    }
  }
  const secured = found?.rowSecurity === true && (found.forced || !wanted.forced);
  if (wanted.rowSecurity && !secured) findings.push(report('row-level security', undefined));
  for (const [trigger, tree] of wanted.triggers) {
    const other = found?.triggers.get(trigger);
    if (!isSame(tree, other)) findings.push(report(`the trigger "${trigger}"`, other?.file));
  }
  for (const [column, text] of wanted.comments) {
    const other = found?.comments.get(column);
    const thing = column === '' ? 'the comment' : `the comment on the column "${column}"`;
    if (!isSame(text, other)) findings.push(report(thing, other?.file));
  }
  for (const { role, file } of grantsChanged(wanted.grants, found?.grants, wanted.forced)) {
    const thing = `the grant to ${role} on the table ${tableId(schema, name)}`;
    findings.push({ ...edited(thing, file ?? folder), object: qualifiedName({ schema, name }) });
  }
  return findings;
}

const isSame = (one: Written<unknown> | undefined, other: Written<unknown> | undefined): boolean =>
  plainTree(one?.tree) === plainTree(other?.tree);

/** A policy as text, without the table name: the compared policies belong to the same table. */
function policyText(policy: object | undefined): string | undefined {
  return policy && plainTree({ ...policy, table: undefined });
}

/**
 * The roles of the definitions with other privileges. `closed` adds PUBLIC, whose privileges
 * every role has.
 */
function grantsChanged(
  wanted: Grants,
  found: Grants | undefined,
  closed = false,
): readonly { readonly role: string; readonly file: string | undefined }[] {
  const changed = [...wanted]
    .filter(([role, { tree }]) => grantsText(tree) !== grantsText(found?.get(role)?.tree))
    .map(([role]) => ({ role, file: found?.get(role)?.file }));
  const open = found?.get(PUBLIC);
  const isOpened = closed && !wanted.has(PUBLIC) && open !== undefined && open.tree.size > 0;
  return isOpened ? [...changed, { role: PUBLIC, file: open.file }] : changed;
}

const grantsText = (
  privileges: ReadonlyMap<string, ReadonlySet<string>> | undefined,
): string | undefined =>
  privileges &&
  JSON.stringify([...privileges].map(([name, columns]) => [name, [...columns].sort()]).sort());

const repartitioned = ({ schema, name }: QualifiedName, file: string): Finding => ({
  severity: 'error',
  code: 'generate/partition-changed',
  message: `the migrations create the table ${tableId(schema, name)} with another PARTITION BY than its definition has.`,
  object: qualifiedName({ schema, name }),
  places: [{ file }],
  fix: 'Postgres cannot change it: define a new table, copy the rows, and drop the old one.',
});

const altered = (thing: string, { schema, name }: QualifiedName, file: string): Finding => ({
  severity: 'error',
  code: 'generate/altered-sql',
  message: `${thing} of the table ${tableId(schema, name)} differs in the migrations from its definition.`,
  object: qualifiedName({ schema, name }),
  places: [{ file }],
  fix: 'if drizzle-kit damaged it, avoid `;`, `--` and parameters in it and its name; if the file was edited, restore it.',
});

const edited = (thing: string, file: string): Finding => ({
  severity: 'error',
  code: 'generate/altered-sql',
  message: `${thing} differs in the migrations from its definition.`,
  places: [{ file }],
  fix: 'restore the migration files from version control; a statement of your own in companionSql() runs again when its text changes.',
});
