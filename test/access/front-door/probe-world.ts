import { isDeepStrictEqual } from 'node:util';
import type { Claims } from '../../../src/model/rule.ts';
import { splitTableId } from '../../../src/model/table-id.ts';
import { visibleRows } from '../../../src/testing/access/oracle.ts';
import type { PostgresClient } from '../../../src/testing/access/postgres-world.ts';
import { becoming } from '../../../src/testing/access/rls-enforcer.ts';
import { sqlName, sqlTable, sqlText } from '../../../src/testing/access/sql-value.ts';
import type { World } from '../../../src/testing/access/world.ts';
import { askBatches } from './ask-batches.ts';
import { SERVER_ONLY } from './kit-form.ts';
import { viewName } from './schema-source.ts';

/** What probes ask beside the questions of the world, each with the verdicts that it must have had. */
export const PROBES: readonly string[] = [
  'a server-only column, denied',
  'a table without rules, denied',
  'the owner under FORCE, denied',
  'a command without a grant, denied',
  ...['a view', 'a member of the role', 'a batch of writes'].flatMap((name) => [
    `${name}, allowed`,
    `${name}, denied`,
  ]),
];

export interface Probed {
  readonly problems: readonly string[];
  readonly covered: ReadonlySet<string>;
}

/** Statements to prepare the migrated database: an owner that is no superuser, and a login of the role. */
export const probeRoles = (worlds: readonly World[]): string =>
  [
    'create role table_owner nologin; create role member_login nologin in role app_user',
    ...worlds.flatMap(({ tables }) => [
      `grant usage on schema ${sqlName(splitTableId(tables[0]?.table ?? '').schema)} to table_owner`,
      ...tables.map(({ table }) => `alter table ${sqlTable(table)} owner to table_owner`),
      ...tables.map(({ table }) => `grant select on ${viewOf(table)} to app_user`),
    ]),
  ].join(';\n');

const viewOf = (table: string): string => {
  const { schema, name } = splitTableId(table);
  return sqlTable(`${schema}.${viewName(name)}`);
};

/** Asks the migrated database, which shows the world's rows, everything that is not a question of the world. */
export async function probeWorld(world: World, client: PostgresClient): Promise<Probed> {
  const problems: string[] = [];
  const covered = new Set<string>();
  const check = (name: string, where: string, found: unknown, expected: unknown): void => {
    const isOpen = expected !== 'denied' && !(Array.isArray(expected) && expected.length === 0);
    covered.add(`${name}, ${isOpen ? 'allowed' : 'denied'}`);
    if (isDeepStrictEqual(found, expected)) return;
    problems.push(
      `${name}: ${where}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`,
    );
  };
  for (const claims of world.principals) {
    for (const probe of probesOf(world, claims)) {
      await client.exec(`savepoint probe; ${becoming(claims, probe.role)}`);
      const { rows } = await client.query<{ said: string[] }>(
        `select comparing.attempt($1::text[]) as said`,
        [[probe.sql]],
      );
      await client.exec('rollback to savepoint probe');
      check(probe.name, probe.sql, rows[0]?.said[0], probe.expected);
    }
    for (const { where, said, expected } of await askBatches(world, claims, client)) {
      check('a batch of writes', where, said, expected);
    }
  }
  return { problems, covered };
}

interface Probe {
  readonly name: string;
  readonly role: string;
  readonly sql: string;
  readonly expected: 'allowed' | 'denied';
}

/** A query that returns rows counts as allowed, like a write that affects rows. */
function probesOf({ tables, rules, rows: db }: World, claims: Claims): readonly Probe[] {
  return tables.flatMap((table): readonly Probe[] => {
    const on = sqlTable(table.table);
    const own = rules.tables[table.table];
    const seen = visibleRows({ rules, claims, db }, table.table).length > 0;
    const reads = (name: string, role: string, from: string): Probe => ({
      name,
      role,
      sql: `select from ${from}`,
      expected: seen ? 'allowed' : 'denied',
    });
    const denied = (name: string, sql: string, role = 'app_user'): Probe => ({
      name,
      role,
      sql,
      expected: 'denied',
    });
    const hidden = sqlName(SERVER_ONLY);
    if (!own) {
      return [
        denied('a table without rules', `select from ${on}`),
        denied('a table without rules', `delete from ${on}`),
      ];
    }
    const commands = { read: 'select from', delete: 'delete from' } as const;
    return [
      reads('a view', 'app_user', viewOf(table.table)),
      reads('a member of the role', 'member_login', on),
      denied('the owner under FORCE', `select from ${on}`, 'table_owner'),
      denied('the owner under FORCE', `delete from ${on}`, 'table_owner'),
      denied('a server-only column', `select ${hidden} from ${on}`),
      denied('a server-only column', `update ${on} set ${hidden} = ${sqlText('x')}`),
      denied('a server-only column', `insert into ${on} (${hidden}) values (${sqlText('x')})`),
      ...(['read', 'delete'] as const).flatMap((operation) =>
        own[operation].op === 'nobody'
          ? [denied('a command without a grant', `${commands[operation]} ${on}`)]
          : [],
      ),
      denied('a command without a grant', `truncate ${on}`),
    ];
  });
}
