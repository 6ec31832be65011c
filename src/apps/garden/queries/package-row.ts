import { sql, type SQL } from 'drizzle-orm';
import type { Registry } from '../tables/registry.ts';
import { moment, text, textOrNull } from '../../../postgres/queries/row-fields.ts';

/** A package in a list. */
export interface PackageRow {
  readonly id: string;
  readonly name: string;
  readonly registry: Registry;
  readonly description: string | null;
  readonly createdAt: Date;
}

export const packageColumns: SQL = sql.raw('p.id, p.name, p.registry, p.description, p.created_at');

export const packageFields: { readonly [Key in keyof PackageRow]: SQL<PackageRow[Key]> } = {
  id: text('id'),
  name: text('name'),
  registry: text('registry') as SQL<Registry>,
  description: textOrNull('description'),
  createdAt: moment('created_at'),
};
