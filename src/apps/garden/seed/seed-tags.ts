import type { SeedTransaction } from './load/seed-database.ts';
import { nameId } from './name-id.ts';
import { readSeedData, type TagData } from './seed-data.ts';
import { USERS, userId } from './synthetic/synthetic-rows.ts';

/** Creation time of the first tags and accounts, before any package. */
const AT = '2015-12-31T00:00:00.000Z';

/** Inserts the accounts of a synthetic garden. Returns how many were new. */
export async function seedUsers(tx: SeedTransaction): Promise<number> {
  const rows = await tx.rows(
    `insert into account (id, name, created_at, updated_at)
     select id::uuid, 'Gardener ' || at, $2::timestamptz, $2::timestamptz
     from unnest(($1::text)::text[]) with ordinality as account (id, at)
     on conflict (id) do nothing returning id`,
    [`{${Array.from({ length: USERS }, (_, at) => userId(at)).join()}}`, AT],
  );
  return rows.length;
}

/**
 * Inserts the first tags. An existing tag with the same slug or name is kept.
 *
 * @returns ids and slugs in the order of the file, without tags whose name another slug uses.
 */
export async function seedTags(tx: SeedTransaction): Promise<{
  readonly ids: readonly string[];
  readonly slugs: readonly string[];
  readonly added: number;
}> {
  const data = readSeedData<readonly TagData[]>('tags');
  const rows = data.map((tag) => ({ id: nameId('tag', tag.slug), ...tag }));
  const added = await tx.rows(
    `insert into tags (id, name, slug, description, color, created_at, updated_at)
     select id, name, slug, description, color, $2::timestamptz, $2::timestamptz
     from jsonb_to_recordset(($1::text)::jsonb)
       as tag (id uuid, name text, slug text, description text, color text)
     on conflict do nothing returning id`,
    [JSON.stringify(rows), AT],
  );
  const present = await tx.rows<{ id: string; slug: string }>(
    `select id, slug from tags where slug = any(($1::text)::text[])`,
    [`{${data.map(({ slug }) => slug).join()}}`],
  );
  const idOf = new Map(present.map(({ id, slug }) => [slug, id]));
  const found = data.flatMap(({ slug }) => {
    const id = idOf.get(slug);
    return id === undefined ? [] : [{ id, slug }];
  });
  return {
    ids: found.map(({ id }) => id),
    slugs: found.map(({ slug }) => slug),
    added: added.length,
  };
}
