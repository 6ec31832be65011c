import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { compareSchemas, type Difference } from '../../src/read/catalog/compare-schemas.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import * as hostile from './hostile-schema.fixture.ts';
import { catalogOf, definitionsOf, statementsOf } from './made-database.ts';

/** The table of the hostile schema in which every name needs quotes. */
export const ORDERS = `"bil.ling"."Or.ders 'x'"`;

/** A statement, and the single difference that it causes. */
export interface Weakening {
  readonly sql: string;
  /** The kind of the object, and its name: `column public.types.flag`. */
  readonly object: readonly [kind: Difference['kind'], name: string];
  readonly expected?: unknown;
  readonly found?: unknown;
  /** Not detected if expressions are not compared. */
  readonly hidden?: true;
}

export interface HostileDatabase {
  /** Expects one difference after a statement, also compared with the definitions, and rolls it back. */
  weaken(weakening: Weakening): Promise<void>;
  close(): Promise<void>;
}

/** A database with the hostile schema, and with objects that Drizzle cannot express. */
export async function hostileDatabase(): Promise<HostileDatabase> {
  const client = await blankPostgres();
  await client.exec('create role reader; create view elsewhere as select gen_random_uuid() id');
  for (const statement of await statementsOf(hostile)) await client.exec(statement);
  await client.exec(`comment on table bare is 'As it was.';
    alter table types force row level security;
    create table ranges (id int, span int4range, exclude using gist (span with &&));
    create unique index covering on types (id) include (small);`);
  const definitions = definitionsOf(hostile);
  const before = { ...(await catalogOf(client)), roles: definitions.roles };
  const exact = { expressions: false };
  const anyway = compareSchemas(definitions, before, exact);
  return {
    async weaken({ sql, object: [kind, name], expected, found, hidden }) {
      await client.exec('begin');
      try {
        await client.exec(sql);
        const after = await catalogOf(client);
        expect(compareSchemas(before, after, { expressions: true })).toEqual([
          {
            kind,
            object: name,
            ...(expected !== undefined && { expected }),
            ...(found !== undefined && { found }),
          },
        ]);
        const beside = compareSchemas(definitions, after, exact).filter(
          (one) => !anyway.some((other) => isDeepStrictEqual(one, other)),
        );
        const seen = beside.map((one) => [one.kind, one.object]);
        expect(seen).toEqual(hidden ? [] : [[kind, name]]);
      } finally {
        await client.exec('rollback');
      }
    },
    close: () => client.close(),
  };
}
