import type { PGlite } from '@electric-sql/pglite';

export const userId = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** 20 users with 700 packages of every visibility, in a tree of categories. */
export async function plantPackages(client: Pick<PGlite, 'exec'>): Promise<void> {
  await client.exec(`
insert into users select ('00000000-0000-4000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, 'user ' || g, now(), now()
  from generate_series(1, 20) g;
insert into categories select ('00000000-0000-4000-9000-' || lpad(to_hex(g), 12, '0'))::uuid,
    case when g > 2 then ('00000000-0000-4000-9000-' || lpad(to_hex(g / 2), 12, '0'))::uuid end, 'c' || g, 'c' || g, now(), now()
  from generate_series(1, 8) g;
insert into packages (id, user_id, name, description, language, tags, relevant_files_pattern, metadata, visibility, category_id, created_at, updated_at)
select ('00000000-0000-4000-a000-' || lpad(to_hex(g), 12, '0'))::uuid,
  ('00000000-0000-4000-8000-' || lpad(to_hex(1 + g % 20), 12, '0'))::uuid,
  (array['parser', 'Database tool', 'testing kit', 'linter'])[1 + g % 4] || ' ' || g,
  (array['Parses grammars quickly', 'Stores rows in databases', 'Runs tests', 'Finds mistakes in parsers'])[1 + g / 4 % 4],
  (array['typescript', 'python', 'sql'])[1 + g % 3],
  array['t' || g % 7, 't' || g % 11],
  array[(array['src/**/*.ts', '**/*.py', 'migrations/*.sql'])[1 + g % 3]],
  jsonb_build_object('level', g % 5, 'editor', jsonb_build_object('tabs', g % 3), 'list', jsonb_build_array(g % 4, g % 2)),
  (array['private', 'unlisted', 'shared', 'public'])[1 + g / 7 % 4],
  case when g % 5 > 0 then ('00000000-0000-4000-9000-' || lpad(to_hex(1 + g % 8), 12, '0'))::uuid end,
  timestamptz '2026-01-01' + g % 400 * interval '1 hour', timestamptz '2026-02-01' + g % 300 * interval '1 hour'
from generate_series(1, 700) g;
insert into package_shares select gen_random_uuid(), p.id, u.id, now()
  from packages p join users u on hashtext(p.name || u.name) % 5 = 0 where p.user_id <> u.id;
analyze`);
}
