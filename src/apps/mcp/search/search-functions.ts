import {
  companionSql,
  definerFunction,
  mayRead,
  principalClaim,
  type FunctionParameter,
} from '../../../kit/index.ts';
import { packages } from '../tables/packages.ts';
import { pathMatches } from './path-matches.ts';

const optional = (name: string, type: string): FunctionParameter => ({
  name,
  type,
  default: 'null',
});

const PARAMETERS: readonly FunctionParameter[] = [
  optional('words', 'text'),
  optional('in_language', 'text'),
  optional('any_tags', 'text[]'),
  optional('all_tags', 'text[]'),
  optional('for_path', 'text'),
  optional('has_metadata', 'jsonb'),
  optional('metadata_path', 'text[]'),
  optional('metadata_value', 'jsonb'),
  optional('in_category', 'uuid'),
  // mine, or all that the principal may read.
  { name: 'scope', type: 'text', default: "'mine'" },
  optional('after_rank', 'real'),
  optional('after_updated_at', 'timestamptz'),
  optional('after_id', 'uuid'),
  { name: 'page_size', type: 'integer', default: '20' },
  { name: 'page_offset', type: 'integer', default: '0' },
];

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
  ['after_id', '(rank, p.updated_at, p.id) < ($10, $11, $12)'],
  // A category with all that are under it.
  [
    'in_category',
    `p.category_id in (with recursive below (id) as (select $15 union select c.id from public.categories c join below on c.parent_id = below.id) select id from below)`,
  ],
] as const;

const BODY = `declare
  asked tsquery;
  nested jsonb := metadata_value;
  step text;
  me uuid := ${principalClaim('sub')};
  statement text;
begin
  if page_size not between 1 and 100 or page_offset not between 0 and 10000 then
    raise exception 'page_size is between 1 and 100, and page_offset between 0 and 10000.'
      using errcode = 'invalid_parameter_value';
  end if;
  if scope not in ('mine', 'all') then
    raise exception 'scope is mine or all.' using errcode = 'invalid_parameter_value';
  end if;
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
  statement := 'select p.id, p.user_id, p.name, p.description, p.language, p.tags, p.relevant_files_pattern, p.metadata, p.created_at, p.updated_at, rank
    from public.packages p, lateral (select '
    || case when asked is null then '0::real' else 'ts_rank(p.words, $1)' end
    || ' offset 0) as ranked (rank)
    where ' || case scope
      -- As a parameter, so that the plan fits the number of the user's packages.
      when 'mine' then 'p.user_id = $16'
      else $rule$${mayRead(packages, 'p')}$rule$
    end
${CONDITIONS.map(
  ([parameter, condition]) =>
    `    || case when ${parameter} is null then '' else $c$ and ${condition}$c$ end`,
).join('\n')}
    || ' order by ' || case when asked is null then '' else 'rank desc, ' end
    || 'p.updated_at desc, p.id desc limit $13 offset $14';
  return query execute statement
    using asked, in_language, any_tags, all_tags, for_path, has_metadata, nested, metadata_path,
      metadata_value, after_rank, after_updated_at, after_id, page_size, page_offset, in_category, me;
end`;

/**
 * Search in the packages that the principal may read. It runs as its owner, because a query of a
 * user cannot use the GIN indexes: their operators are not leakproof. Results are ordered by rank,
 * then by the time of the last change.
 */
export const searchFunctions = companionSql(
  pathMatches,
  ...definerFunction({
    name: 'search_packages',
    parameters: PARAMETERS,
    returns:
      'table (id uuid, user_id uuid, name text, description text, language text, tags text[], relevant_files_pattern text[], metadata jsonb, created_at timestamptz, updated_at timestamptz, rank real)',
    body: BODY,
  }),
);
