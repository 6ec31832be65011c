import assert from 'node:assert/strict';
import postgres from 'postgres';
import {
  emitPublication,
  emitPublicationBefore,
} from '../../src/emit/companion/emit-publication.ts';
import type { Publication } from '../../src/model/publication.ts';
import type { Check } from './check.ts';

const publish = (...types: readonly (readonly [name: string, type: string])[]): Publication => ({
  name: 'zero_data',
  tables: [
    {
      schema: 'public',
      name: 'notes',
      columns: types.map(([name, type]) => ({ name, type })),
      key: ['id'],
      identifiedByUnique: false,
    },
  ],
});
const first = publish(['id', 'uuid'], ['title', 'text collate C'], ['mood', 'mood(sad,glad)']);

/** Changes that each version refuses for published tables, and how the migrations work around them. */
export const publicationChecks: readonly Check[] = [
  {
    name: 'changed columns leave the publication first, and other tables are untouched',
    async run({ server }) {
      const sql = postgres(await server.createDatabase(), { max: 1, onnotice: () => {} });
      const run = async (objects: readonly { readonly create: string }[]): Promise<void> => {
        for (const { create } of objects) await sql.unsafe(create);
      };
      const published = async (): Promise<string> => {
        const rows = await sql`select array_to_string(attnames, ',') as names
          from pg_publication_tables where pubname = 'zero_data'`;
        return rows.map(({ names }) => String(names)).join();
      };
      const entry = async (): Promise<unknown> =>
        (await sql`select oid from pg_publication_rel`)[0]?.['oid'];
      try {
        await sql.unsafe(`create type mood as enum ('sad', 'glad');
          create table notes (id uuid primary key, title text collate "C", mood mood, secret text)`);
        await run([...emitPublicationBefore(first), ...emitPublication(first)]);
        assert.equal(await published(), 'id,title,mood');
        const stays = await entry();
        await run([...emitPublicationBefore(first), ...emitPublication(first)]);
        assert.equal(await entry(), stays);

        for (const [change, wanted, names] of [
          ['alter column title type text', publish(['id', 'uuid'], ['title', 'text']), 'id,title'],
          ['drop column mood', publish(['id', 'uuid'], ['title', 'text']), 'id,title'],
          ['alter column id type text', publish(['id', 'text']), 'id'],
        ] as const) {
          await run(emitPublicationBefore(wanted));
          await sql.unsafe(`alter table notes ${change}`);
          await run(emitPublication(wanted));
          assert.equal(await published(), names);
        }
      } finally {
        await sql.end();
      }
    },
  },
];
