import { quoteName } from '../../model/quote-sql.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { View } from '../../model/view.ts';

/** Creates or replaces a view; nothing for a view that is created elsewhere. */
export function printView(view: View): readonly string[] {
  if (view.sql === undefined) return [];
  const name = quoteName(schemaOf(view), view.name);
  const settings = Object.entries(view.with).map(([key, value]) => `${key} = ${value}`);
  const having = settings.length === 0 ? '' : ` with (${settings.join(', ')})`;
  const create = view.materialized
    ? 'create materialized view if not exists'
    : 'create or replace view';
  return [`${create} ${name}${having} as\n${view.sql};`];
}
