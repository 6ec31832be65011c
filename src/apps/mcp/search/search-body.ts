import { mayRead, principalClaim } from '../../../kit/index.ts';
import { packages } from '../tables/packages.ts';
import { REFUSALS } from './search-arguments.ts';

/** The conditions, each with the parameter that it needs. */
const CONDITIONS = [
  ['asked', 'p.words @@ $1'],
  ['in_language', 'p.language = $2'],
  ['any_tags', 'p.tags && $3'],
  ['all_tags', 'p.tags @> $4'],
  [
    'for_path',
    'exists (select from unnest(p.relevant_files_pattern) one where public.path_matches(one, $5))',
  ],
  ['has_metadata', 'p.metadata @> $6'],
  // The containment can use the index; the path itself decides, because containment ignores order
  // and repetition in arrays.
  ['metadata_path', 'p.metadata @> $7 and p.metadata #> $8 = $9'],
  // A category with all that are under it.
  [
    'in_category',
    `p.category_id in (with recursive below (id) as (select $15 union select c.id from public.categories c join below on c.parent_id = below.id) select id from below)`,
  ],
] as const;

/**
 * The parts of what the principal may read, disjoint. Each can use its own index and stops after a
 * page. The rule decides in each of them, so that a wrong part could only omit rows.
 */
const PARTS = {
  // As a parameter, so that the plan fits the number of the user's packages.
  mine: 'p.user_id = $16',
  public: `p.visibility = 'public' and p.user_id is distinct from $16`,
  shared: `p.visibility = 'shared' and p.user_id is distinct from $16 and p.id in (select s.package_id from public.package_shares s where s.user_id = $16)`,
};

/** The rule of the policy. The principal is a parameter, which is read once. */
export const rule: string = mayRead(packages, 'p', { sub: '$16' });

/** The most public packages with the words that are ranked: the last changed ones. */
const RANKED = 100;

const COLUMNS =
  'id, user_id, name, description, language, tags, relevant_files_pattern, metadata, created_at, updated_at';
const columnsOf = (alias: string): string =>
  COLUMNS.split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ');

/** A part as a query, in SQL that composes SQL. */
const partSql = (part: keyof typeof PARTS): string => `$q$(select ${columnsOf('p')}, rank
    from (select p.* from public.packages p where ${PARTS[part]} and ${rule}$q$ || conditions${
      part === 'public' ? ' || newest' : ''
    } || $q$) p,
      lateral (select $q$ || rank_of || $q$ offset 0) ranked (rank)
    where true$q$ || following || ordered || $q$ limit $13 + $14)$q$`;

/** The plpgsql block of search_packages(). */
export const searchBody = `declare
  asked tsquery;
  nested jsonb := metadata_value;
  step text;
  me uuid := ${principalClaim('sub')};
  conditions text;
  newest text := '';
  rank_of text := '0::real';
  following text := '';
  ordered text := ' order by updated_at desc, id desc';
  statement text;
begin
${REFUSALS.map(
  ([condition, message]) => `  if ${condition} then
    raise exception '${message}' using errcode = 'invalid_parameter_value';
  end if;`,
).join('\n')}
  if words is not null then
    select to_tsquery('english', string_agg(quote_literal(word) || ':*', ' & '))
    into asked
    from unnest(tsvector_to_array(to_tsvector('simple', left(words, 500)))) word;
    -- Without a single word there is nothing to find.
    if asked is null then return; end if;
  end if;
  if metadata_path is not null then
    for step in select one from unnest(metadata_path) with ordinality list (one, at) order by at desc loop
      nested := jsonb_build_object(step, nested);
    end loop;
  end if;
  -- Only the given conditions are part of the statement, so that each is planned for itself.
  conditions := ''
${CONDITIONS.map(
  ([parameter, condition]) =>
    `    || case when ${parameter} is null then '' else $c$ and ${condition}$c$ end`,
).join('\n')};
  if asked is null then
    -- Before the order and the limit, so that an index gives the next page.
    if after_id is not null then conditions := conditions || ' and (p.updated_at, p.id) < ($11, $12)'; end if;
  else
    rank_of := 'ts_rank(p.words, $1)';
    newest := ordered || ' limit ${RANKED}';
    ordered := ' order by rank desc, updated_at desc, id desc';
    if after_id is not null then following := ' and (rank, p.updated_at, p.id) < ($10, $11, $12)'; end if;
  end if;
  statement := ${partSql('mine')};
  if scope = 'all' then
    statement := statement || ' union all ' || ${partSql('public')} || ' union all ' || ${partSql('shared')};
  end if;
  return query execute 'select ${columnsOf('found')}, found.rank from (' || statement || ') found' || ordered || ' limit $13 offset $14'
    using asked, in_language, any_tags, all_tags, for_path, has_metadata, nested, metadata_path,
      metadata_value, after_rank, after_updated_at, after_id, page_size, page_offset, in_category, me;
end`;
