import type { Sql } from 'postgres';

/** Packages of each user, in a database of any size. */
const EACH = 100;

/**
 * Packages of `count / 100` users: words, tags and languages are as unequally frequent as in real
 * texts, and a fifth of the packages is public.
 */
export async function loadPackages(sql: Sql, count: number): Promise<void> {
  await sql`select setseed(0.5)`;
  await sql`create unlogged table own_users as select n, uuidv7() as id from generate_series(0, ${count / EACH - 1}::int) n`;
  await sql`insert into users select id, 'user ' || n, now(), now() from own_users`;
  await sql`create unlogged table own_categories as select n, uuidv7() as id from generate_series(1, 120) n`;
  await sql`insert into categories
    select c.id, parent.id, 'category ' || c.n, 'category-' || c.n, now(), now()
    from own_categories c left join own_categories parent on parent.n = c.n / 5 order by c.n`;
  await sql`
    insert into packages (id, user_id, name, description, language, setup_prompt, tags,
      relevant_files_pattern, metadata, visibility, category_id, created_at, updated_at)
    select uuidv7(), u.id,
      ${word(3, 'g')} || ' ' || ${word(3, 'g')} || ' ' || g, text.words,
      (array['typescript', 'python', 'go', 'rust', 'java', 'sql', 'ruby', 'php', 'csharp', 'kotlin', 'swift', 'scala', 'elixir', 'haskell', 'zig', 'ocaml', 'perl', 'lua', 'r', 'julia'])[1 + (19.99 * power(random(), 2))::int % 20],
      'Read ' || text.words,
      array['tag-' || (400 * power(random(), 2))::int, 'tag-' || (400 * power(random(), 2))::int, 'kind-' || g % 7],
      array[(array['src/', 'app/', 'lib/', ''])[1 + g % 4] || '**/*.' || (array['ts', 'py', 'go', 'rs', 'java', 'sql', '{js,mjs}'])[1 + (random() * 6)::int],
        'docs/guide-' || g % 50 || '/*.md'],
      jsonb_build_object('framework', 'framework-' || (500 * power(random(), 2))::int, 'editor', jsonb_build_object('tabs', g % 9), 'level', g % 5),
      (array['public', 'public', 'shared', 'unlisted', 'private', 'private', 'private', 'private', 'private', 'private'])[1 + g % 10],
      case when g % 3 > 0 then category.id end,
      now() - random() * interval '900 days', now() - random() * interval '300 days'
    from generate_series(1, ${count}::int) g
    join own_users u on u.n = g / 10 % ${count / EACH}::int
    join own_categories category on category.n = 1 + g % 120
    cross join lateral (select string_agg(${word(2, 'n')}, ' ') as words from generate_series(1, 12) n where g is not null) text`;
  await sql`
    insert into package_shares
    select uuidv7(), p.id, u.id, now() from packages p
    cross join lateral (select id from own_users where id <> p.user_id and p.id is not null offset floor(random() * ${count / EACH - 2}::int) limit 1) u
    where p.visibility = 'shared'`;
  await sql`
    insert into package_usage
    select uuidv7(), id, 1 + (1000 * power(random(), 4))::int, now() from packages where visibility = 'public'`;
  await sql`vacuum analyze`;

  /** A random one of 4,000 words, of which the first ones are frequent; another for each row. */
  function word(power: number, row: string) {
    return sql`(select translate(substr(md5(r::text), 1, 2 + r % 7), '0123456789', 'ghijklmnop')
        || (array['er', 'ing', 'ion', 'ant', 'o', 'ix'])[1 + r % 6]
      from (select (4000 * power(random(), ${power}::int))::int as r where ${sql(row)} is not null) drawn)`;
  }
}
