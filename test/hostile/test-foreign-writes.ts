import { expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import type { Claims, TableRules } from '../../src/model/rule.ts';
import { allowsAttempt, visibleRows } from '../../src/testing/access/oracle.ts';
import type { Attempt, Database, Row } from '../../src/testing/access/world.ts';
import { Client, post, token, type Answer } from '../sync/garden-server.fixture.ts';
import { readDatabase } from './allowed-rows.ts';
import type { HostileStack } from './hostile-stack.ts';

type ClientTable = HostileStack['app']['schema']['tables'][string];

interface Mutation {
  readonly name: string;
  readonly args: unknown;
  /** Whether the principal must get an error. */
  readonly isVisible: boolean;
}

/** Writes that the rules deny, of every row, through the endpoint that zero-cache calls. */
export function testForeignWrites(stack: () => HostileStack): void {
  const dump = (): Promise<Database> => readDatabase(stack().synced.sql, stack().app.schema);

  test('no principal changes a row against the rules, and visible rows give a reason', async () => {
    const { app, planted, synced } = stack();
    const server = synced.serverWith({});
    const before = await dump();
    let sent = 0;
    const attack = async ([name, claims]: readonly [string, Claims]): Promise<void> => {
      const mutations = Object.values(app.schema.tables).flatMap((table) =>
        deniedMutations(table, before, claims, stack()),
      );
      sent += mutations.length;
      const bearer =
        claims['sub'] === undefined
          ? undefined
          : await token({ ...claims }, { audience: app.name });
      const request = post('/mutate', new Client().push(...mutations), bearer);
      request.headers.set('X-Api-Key', synced.apiKey);
      const response = await server.mutate(request);
      const { mutations: answers } = (await response.json()) as {
        readonly mutations: readonly { readonly result: Answer }[];
      };
      expect([name, response.status, answers.length]).toEqual([name, 200, mutations.length]);
      // A row that the principal cannot read is like none: a change of it does nothing.
      const accepted = mutations.filter(
        ({ isVisible }, at) => isVisible && answers[at]?.result.error === undefined,
      );
      expect([name, accepted]).toEqual([name, []]);
      const codes = new Set(
        answers.flatMap(({ result }) => (result.error ? [String(result.details?.['code'])] : [])),
      );
      expect([...codes].filter((code) => !/^(?:access|sync)\//.test(code))).toEqual([]);
      expect(codes).not.toContain('sync/failed');
    };
    await Promise.all(Object.entries(planted.principals).map(attack));
    expect(await dump()).toEqual(before);
    expect(sent).toBeGreaterThan(100);
  }, 240_000);
}

/** An insert, an update and a deletion of each row, as far as the oracle denies them. */
function deniedMutations(
  table: ClientTable,
  db: Database,
  claims: Claims,
  { app: { rules } }: HostileStack,
): readonly Mutation[] {
  const server = table.serverName ?? table.name;
  const own = rules.tables[server];
  if (!own) return [];
  const denied = (attempt: Attempt): boolean => !allowsAttempt({ rules, claims, db }, attempt);
  const readable = new Set(visibleRows({ rules, claims, db }, server).map((row) => row['id']));
  const mutation = (operation: string, row: Row): Mutation => ({
    name: `rows.${table.name}.${operation}`,
    args: clientRow(table, row),
    isVisible: operation === 'insert' || readable.has(row['id'] ?? null),
  });
  return (db[server] ?? []).flatMap((before) => {
    const key = { id: before['id'] ?? null };
    const changes = changesOf(table, own, before);
    const copy = { ...before, id: newId() };
    return [
      ...(denied({ operation: 'delete', table: server, before }) ? [mutation('delete', key)] : []),
      ...(denied({ operation: 'update', table: server, before, after: { ...before, ...changes } })
        ? [mutation('update', { ...key, ...changes })]
        : []),
      ...(denied({ operation: 'insert', table: server, after: copy })
        ? [mutation('insert', copy)]
        : []),
    ];
  });
}

/** The columns that an update may set, each with the row's own value or another text. */
function changesOf({ columns }: ClientTable, { key, immutable }: TableRules, row: Row): Row {
  const names = Object.entries(columns).map(([name, { serverName }]) => serverName ?? name);
  const free = names.filter((name) => !key.includes(name) && !immutable.includes(name));
  return Object.fromEntries(
    free.map((name) => [name, name === 'name' ? `taken ${newId()}` : (row[name] ?? null)]),
  );
}

const clientRow = ({ columns }: ClientTable, row: Row): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, { serverName }]) =>
      Object.hasOwn(row, serverName ?? name) ? [[name, row[serverName ?? name]]] : [],
    ),
  );
