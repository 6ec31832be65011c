import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { integer } from 'drizzle-orm/pg-core';
import { id, indexOn, instant, pgTable, retain } from '../../src/kit/index.ts';

export const logs = pgTable(
  'logs',
  { id: id(), at: instant('at').notNull(), number: integer('number').notNull() },
  (t) => [indexOn(t.at), ...retain(t.at, '1 day', { archive: true })],
);

/** The folder of the archive of {@link logs}. */
export const folderOf = (archive: string): string =>
  join(archive, readdirSync(archive)[0] ?? '', 'public.logs');

/** The numbers of the archived rows. */
export const archivedNumbers = (archive: string): readonly number[] =>
  readdirSync(folderOf(archive))
    .filter((name) => name.endsWith('.gz'))
    .flatMap((name) =>
      gunzipSync(readFileSync(join(folderOf(archive), name)))
        .toString('utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { number: number }).number),
    );
