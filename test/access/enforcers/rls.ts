import { emitAccess, emitRoles } from '../../../src/emit/companion/emit-access.ts';
import { emitGrants } from '../../../src/emit/companion/emit-grants.ts';
import { emitPolicies } from '../../../src/emit/companion/emit-policies.ts';
import { refuseUnsound } from '../../../src/kit/access/refuse-unsound.ts';
import { givenSchema, splitTableId } from '../../../src/model/table-id.ts';
import type { AccessRules, Rule, TableRules } from '../../../src/model/rule.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';
import type { PostgresWorld } from '../../../src/testing/access/postgres-world.ts';
import { rlsEnforcer } from '../../../src/testing/access/rls-enforcer.ts';
import type { World, WorldTable } from '../../../src/testing/access/world.ts';

const ROLE = 'app_user';

/** Postgres with the policies and companion SQL that the package generates from the rules. */
export function rls(
  postgres: PostgresWorld,
  name = 'rls',
  change: (statements: readonly string[]) => readonly string[] = (same) => same,
): Enforcer {
  const install = (world: World): readonly string[] => change(rlsStatements(world));
  return rlsEnforcer(name, { postgres, role: ROLE, install });
}

/** In migration order: before drizzle-kit's part, that part, and after it. */
export function rlsStatements(world: World): readonly string[] {
  const rules = asTheKitWantsThem(world.rules);
  for (const table of Object.values(rules.tables)) {
    refuseUnsound(table, { claims: rules.claims, preset: 'postgres', roles: [ROLE] });
  }
  return policyStatements({ ...world, rules });
}

/** The same for rules that the kit accepts. */
export function policyStatements({ rules, tables }: World): readonly string[] {
  const source = { rules, preset: 'postgres', roles: [ROLE] } as const;
  const models = tables.map(modelTable);
  return [
    ...emitRoles(source),
    ...emitAccess(source),
    ...emitGrants(models, source),
    ...emitPolicies(models, source),
  ]
    .flatMap(({ create }) => create.split('--> statement-breakpoint'))
    .map((statement) => statement.trim().replace(/;$/, ''));
}

/**
 * The kit refuses rules that Postgres cannot enforce (writes to unreadable rows) and
 * empty lists of rules. Here they are rewritten into the required form.
 */
function asTheKitWantsThem({ claims, tables }: AccessRules): AccessRules {
  const sound = Object.entries(tables).map(([name, rules]): [string, TableRules] => {
    const write = (rule: Rule): Rule => acceptable(rule, rules);
    const read = write(rules.read);
    const readable = (rule: Rule): Rule => {
      const own = write(rule);
      // Nobody gets the privilege of an operation that is denied to all.
      return own.op === 'nobody' ? own : { op: 'and', rules: [read, own] };
    };
    const update = { from: readable(rules.update.from), to: readable(rules.update.to) };
    const others = { insert: write(rules.insert), delete: readable(rules.delete) };
    return [name, { ...rules, read, update, ...others }];
  });
  return { claims, tables: Object.fromEntries(sound) };
}

function acceptable(rule: Rule, own: TableRules): Rule {
  switch (rule.op) {
    case 'and':
    case 'or':
      if (rule.rules.length === 0) return { op: rule.op === 'and' ? 'anyone' : 'nobody' };
      return { op: rule.op, rules: rule.rules.map((part) => acceptable(part, own)) };
    case 'not':
      return { op: 'not', rule: acceptable(rule.rule, own) };
    case 'exists': {
      const inner = acceptable(rule.rule, own);
      // Postgres fails (42P17) if a table's policy reads the table itself.
      return rule.rows === 'visible' && rule.table === own.table
        ? { ...rule, rule: { op: 'and', rules: [acceptable(own.read, own), inner] }, rows: 'raw' }
        : { ...rule, rule: inner };
    }
    default:
      return rule;
  }
}

export function modelTable({
  table,
  columns,
  serverOnly = [],
}: WorldTable): Parameters<typeof emitGrants>[0][number] {
  const { name, schema } = splitTableId(table);
  return {
    id: table,
    name,
    ...givenSchema(schema),
    exportName: table,
    uniques: [],
    foreignKeys: [],
    indexes: [],
    checks: [],
    exclusions: [],
    rowSecurity: { enabled: true, forced: true },
    columns: [
      ...Object.entries(columns).map(([name, { nullable }]) => modelColumn(name, nullable, false)),
      ...serverOnly.map((name) => modelColumn(name, true, true)),
    ],
  };
}

const modelColumn = (
  name: string,
  nullable: boolean,
  serverOnly: boolean,
): Parameters<typeof emitGrants>[0][number]['columns'][number] => ({
  name,
  key: name,
  type: { kind: 'text' },
  notNull: !nullable,
  serverOnly,
  touched: false,
});
