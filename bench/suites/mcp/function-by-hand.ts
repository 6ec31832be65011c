import type { Sql } from 'postgres';
import * as mcp from '../../../src/apps/mcp/index.ts';
import { fillRules } from '../../../src/emit/companion/fill-rules.ts';
import { rule } from '../../../src/apps/mcp/search/search-body.ts';
import { accessRules } from '../../../src/server.ts';

/**
 * Creates a copy of search_packages() without anything that enforces the rules: it runs as its
 * caller, and has a rule by hand instead of the generated one. Returns its name.
 */
export async function functionByHand(sql: Sql, byHand: string): Promise<string> {
  const generated = fillRules(rule, {
    rules: accessRules(mcp),
    preset: 'postgres',
    roles: [],
  });
  const [row] = await sql<{ text: string }[]>`
    select pg_get_functiondef('search_packages'::regproc) as text`;
  const text = row?.text ?? '';
  if (!text.includes(generated)) throw new Error('search_packages() does not contain its rule');
  await sql.unsafe(
    text
      .replace('search_packages', 'search_by_hand')
      .replaceAll(generated, byHand)
      .replace('SECURITY DEFINER', '')
      .replace(/SET row_security TO '?off'?/i, '')
      .replace("'pg_catalog', 'pg_temp'", "'pg_catalog', 'public', 'pg_temp'"),
  );
  return 'search_by_hand';
}
