import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import gardenConfig from '../../../garden.config.ts';
import {
  emitPublication,
  emitPublicationBefore,
} from '../../../src/emit/companion/emit-publication.ts';
import { planZero } from '../../../src/emit/zero/plan-zero.ts';
import * as tables from '../../../src/apps/garden/index.ts';
import { newId } from '../../../src/kit/index.ts';
import type { Publication } from '../../../src/model/publication.ts';
import { readSchema } from '../../../src/read/drizzle/read-schema.ts';
import { mutators, queries, schema, type Principal } from '../../../src/apps/garden/zero/index.ts';
import { openClient, type ClientOptions, type GardenClient } from './open-client.ts';
import type { HostileRows } from './plant-hostile-rows.ts';
import { PATIENT, type SyncedGarden } from './synced-garden.ts';

type Columns = (typeof schema)['tables']['tags']['columns'];
type PublishedColumns = Publication['tables'][number]['columns'];

/** Pages from before and after a migration. */
export function testSchemaChange(garden: () => SyncedGarden, rows: () => HostileRows): void {
  const open: GardenClient[] = [];
  afterEach(async () => {
    garden().answerWith();
    await Promise.all(open.splice(0).map((client) => client.close()));
  });
  const connect = async (options: Partial<ClientOptions> = {}): Promise<GardenClient> => {
    const as: Principal = { sub: rows().admin, roles: ['admin'] };
    const client = await openClient({ cacheUrl: garden().cacheUrl, as, ...options });
    open.push(client);
    client.materialize(queries.tags.list({}));
    return client;
  };
  /** A page that reloads until zero-cache knows its schema. */
  const arrive = async (schema: ClientOptions['schema'] & object): Promise<GardenClient> => {
    for (;;) {
      const turnedAway = Promise.withResolvers<'turned away'>();
      const client = await connect({
        schema,
        onUpdateNeeded: () => turnedAway.resolve('turned away'),
      });
      const arrived = client.run(queries.tags.list({}), { type: 'complete' });
      const met = await Promise.race([arrived.catch(() => 'turned away'), turnedAway.promise]);
      if (met !== 'turned away') return client;
      await sleep(200);
    }
  };
  const named = async (client: GardenClient, name: string) =>
    (await client.run(queries.tags.list({ text: name })))[0] as
      | Readonly<Record<string, unknown>>
      | undefined;
  const create = (client: GardenClient, name: string) =>
    client.mutate(
      mutators.tags.create({ id: newId(), name, slug: name.toLowerCase(), at: Date.now() }),
    ).server;

  /** The steps of such a migration, in order. */
  const migrateTags = async (
    ddl: string,
    change: (columns: PublishedColumns) => PublishedColumns,
  ): Promise<void> => {
    const model = readSchema({
      files: [{ file: 'src/apps/garden/index.ts', exports: tables }],
    }).schema;
    const { publication } = planZero(model, undefined, gardenConfig.zero);
    if (!publication) throw new Error('the garden publishes nothing');
    const after = {
      ...publication,
      tables: publication.tables.map((table) =>
        table.name === 'tags' ? { ...table, columns: change(table.columns) } : table,
      ),
    };
    const statements = [
      ...emitPublicationBefore(after).map(({ create }) => create),
      ddl,
      ...emitPublication(after).map(({ create }) => create),
    ].flatMap((script) => script.split('--> statement-breakpoint'));
    await garden().sql.begin(async (tx) => {
      for (const statement of statements) await tx.unsafe(statement);
    });
  };
  const withTags = (columns: object): typeof schema => ({
    ...schema,
    tables: { ...schema.tables, tags: { ...schema.tables.tags, columns: columns as Columns } },
  });

  test('new pages get a new column, and old pages keep working', async () => {
    const updates: string[] = [];
    const old = await connect({ onUpdateNeeded: ({ type }) => updates.push(type) });
    await old.run(queries.tags.list({}), { type: 'complete' });
    const pending = create(old, 'During');
    await migrateTags('alter table tags add column motto text', (columns) => [
      ...columns,
      { name: 'motto', type: 'text' },
    ]);
    expect(await pending).toMatchObject({ type: 'success' });
    const wider = withTags({
      ...schema.tables.tags.columns,
      motto: { type: 'string', optional: true },
    });
    const fresh = await arrive(wider);
    await garden().sql`update tags set motto = 'ever onward' where name = 'During'`;
    await expect
      .poll(() => named(fresh, 'During'), PATIENT)
      .toMatchObject({ motto: 'ever onward' });
    expect(await create(old, 'Afterwards')).toMatchObject({ type: 'success' });
    await expect.poll(() => named(fresh, 'Afterwards'), PATIENT).toMatchObject({ motto: null });
    expect(await named(old, 'Afterwards')).toBeDefined();
    expect(updates).not.toContain('SchemaVersionNotSupported');
  });

  test('old pages reload when a column is removed, and nothing else fails', async () => {
    const updates: string[] = [];
    const { color: _, ...rest } = schema.tables.tags.columns;
    const narrower = withTags(rest);
    // The page and endpoints without the column are deployed before the migration.
    const fresh = await connect({ schema: narrower });
    const old = await connect({ onUpdateNeeded: ({ type }) => updates.push(type) });
    for (const client of [fresh, old])
      await client.run(queries.tags.list({}), { type: 'complete' });
    garden().answerWith(garden().serverWith({ schema: narrower }).handler);
    await migrateTags('alter table tags drop column color', (columns) =>
      columns.filter(({ name }) => name !== 'color'),
    );
    await expect.poll(() => updates, PATIENT).toContain('SchemaVersionNotSupported');
    expect(await create(fresh, 'Colourless')).toMatchObject({ type: 'success' });
    await expect.poll(() => named(fresh, 'Colourless'), PATIENT).toBeDefined();
    expect(await named(fresh, 'Colourless')).not.toHaveProperty('color');
  });
}
