import type { CompanionStatement } from '../../../kit/index.ts';

const SIGNATURE = 'public.path_matches(text, text)';

/**
 * Whether a file pattern matches a path: `*` and `?` within a name, `**` across folders,
 * `[abc]`, `[!abc]` and `{a,b}`. The LIKE comes first, because it is much cheaper than a regular
 * expression, and matches whatever the pattern matches: it knows the pattern up to its first bracket
 * or brace. Not parallel safe: Postgres 15 and 16 allow no exception block in a parallel plan.
 */
export const pathMatches: CompanionStatement = {
  key: 'function public.path_matches(pattern text, path text) returns boolean',
  create: `create or replace function public.path_matches(pattern text, path text) returns boolean
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  wide text := regexp_replace(pattern, '[[{].*', '*');
  regex text;
begin
  wide := replace(replace(replace(wide, '\\', '\\\\'), '%', '\\%'), '_', '\\_');
  -- "**/" also matches no folder at all.
  wide := replace(replace(replace(wide, '**/', '*'), '*', '%'), '?', '_');
  if path not like wide then return false; end if;
  regex := regexp_replace(pattern, '([.+^$|()\\\\])', '\\\\\\1', 'g');
  regex := replace(replace(regex, '**/', E'\\x01'), '**', E'\\x02');
  regex := replace(replace(regex, '*', '[^/]*'), '?', '[^/]');
  -- Alternatives without others inside them.
  while regex ~ '\\{[^{},]*(,[^{},]*)*\\}' loop
    regex := regexp_replace(regex, '\\{([^{},]*(?:,[^{},]*)*)\\}', E'\\x03\\\\1\\x04');
    regex := replace(regex, substring(regex from E'\\x03[^\\x04]*\\x04'),
      replace(replace(replace(substring(regex from E'\\x03[^\\x04]*\\x04'), ',', '|'), E'\\x03', '(?:'), E'\\x04', ')'));
  end loop;
  regex := replace(replace(regex, '{', '\\{'), '}', '\\}');
  regex := replace(replace(replace(regex, '[!', '[^'), E'\\x01', '(?:.*/)?'), E'\\x02', '.*');
  return path ~ ('^(?:' || regex || ')$');
exception
  -- An unfinished pattern, such as one with a single [, matches no path.
  when invalid_regular_expression then return false;
end
$$;`,
  drop: `drop function if exists ${SIGNATURE};`,
};
