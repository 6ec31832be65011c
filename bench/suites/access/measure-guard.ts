import { PGlite, type Transaction } from '@electric-sql/pglite';
import * as garden from '../../../src/apps/garden/index.ts';
import { newId } from '../../../src/kit/index.ts';
import { migrate } from '../../../src/migrations/index.ts';
import { accessRules, guardSql } from '../../../src/server.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { gardenMigrations } from '../../../src/apps/garden/migrations-folder.ts';

const rules = accessRules(garden);
const admin = { sub: newId(), roles: ['admin'] };
const at = '2026-01-01T00:00:00.000Z';

interface Tag {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly created_at: string;
  readonly updated_at: string;
}

const newTag = (): Tag => {
  const id = newId();
  return { id, name: `tag ${id}`, slug: `tag-${id}`, created_at: at, updated_at: at };
};

/** Statements and time that the guard adds to a write. */
export async function* measureGuard({
  contest,
  progress,
}: Context): AsyncGenerator<Measurement, void> {
  progress('guarded and bare writes');
  const database = await PGlite.create();
  try {
    await migrate(database, { folder: gardenMigrations });
    const known = newTag();
    await inTransaction(database, (tx) => insertTag(tx, known));
    const guarded = (write: (mutate: Guarded['mutate']) => Promise<unknown>) => () =>
      inTransaction(database, (tx) => write(guardSql(tx, rules, admin).mutate));
    const operations = {
      insert: {
        bare: () => inTransaction(database, (tx) => insertTag(tx, newTag())),
        guarded: guarded((mutate) => mutate['tags']!.insert({ ...newTag() })),
      },
      update: {
        bare: () =>
          inTransaction(database, (tx) =>
            tx.query('update tags set description = $2 where id = $1', [known.id, newId()]),
          ),
        guarded: guarded((mutate) =>
          mutate['tags']!.update({ id: known.id, description: newId() }),
        ),
      },
    };
    for (const [name, contestants] of Object.entries(operations)) {
      yield {
        name: `statements beyond the bare ${name}`,
        value: (await statements(database, name, known)) - 1,
        unit: 'statements',
        target: 'at most 2 statements',
      };
      const times = await contest(contestants);
      yield compareTimes(`${name} of a tag, guarded / bare`, times.guarded, times.bare);
    }
  } finally {
    await database.close();
  }
}

type Guarded = ReturnType<typeof guardSql>;

const inTransaction = (
  database: PGlite,
  run: (tx: Transaction) => Promise<unknown>,
): Promise<unknown> => database.transaction(run);

function insertTag(tx: Transaction, tag: Tag): Promise<unknown> {
  return tx.query(
    'insert into tags (id, name, slug, created_at, updated_at) values ($1, $2, $3, $4, $5)',
    [tag.id, tag.name, tag.slug, tag.created_at, tag.updated_at],
  );
}

/** Number of statements of one guarded write. */
async function statements(database: PGlite, operation: string, known: Tag): Promise<number> {
  let sent = 0;
  await database.transaction(async (tx) => {
    const counting = {
      query: (sql: string, params: unknown[]) => {
        sent += 1;
        return tx.query<Record<string, unknown>>(sql, params);
      },
    };
    const { mutate } = guardSql(counting, rules, admin);
    await (operation === 'insert'
      ? mutate['tags']!.insert({ ...newTag() })
      : mutate['tags']!.update({ id: known.id, description: 'counted' }));
  });
  return sent;
}
