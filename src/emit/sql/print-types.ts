import type { Enum } from '../../model/enum.ts';
import { quoteBody, quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Role } from '../../model/role.ts';
import type { Schema } from '../../model/schema.ts';
import type { Sequence } from '../../model/sequence.ts';
import { schemaOf } from '../../model/table-id.ts';
import { sequenceOptions } from './print-table.ts';

/** The schemas in which the objects are created, except `public`. */
export const printSchemas = ({ tables, views, enums, sequences }: Schema): readonly string[] =>
  [...new Set([...tables, ...views, ...enums, ...sequences].flatMap(({ schema }) => schema ?? []))]
    .filter((name) => name !== 'public')
    .sort()
    .map((name) => `create schema if not exists ${quoteName(name)};`);

export const printEnum = ({ name, schema, values }: Enum): string =>
  unlessThere(
    `to_regtype(${quoteText(quoteName(schemaOf({ schema }), name))}) is null`,
    `create type ${quoteName(schemaOf({ schema }), name)} as enum (${values.map((value) => quoteText(value)).join(', ')});`,
  );

export const printSequence = (sequence: Sequence): string =>
  `create sequence if not exists ${quoteName(schemaOf(sequence), sequence.name)} as ${sequence.type} ${sequenceOptions(sequence)};`;

/** Creates a role of the definitions; a role is never dropped, because it belongs to the cluster. */
export function printRole({
  name,
  existing,
  createDb,
  createRole,
  inherit,
}: Role): readonly string[] {
  if (existing) return [];
  const options = [
    ...(createDb ? ['createdb'] : []),
    ...(createRole ? ['createrole'] : []),
    ...(inherit ? [] : ['noinherit']),
  ];
  return [
    unlessThere(
      `not exists (select from pg_roles where rolname = ${quoteText(name)})`,
      `create role ${[quoteName(name), ...options].join(' ')};`,
    ),
  ];
}

/** Runs a statement that has no IF NOT EXISTS only under a condition. */
export const unlessThere = (condition: string, statement: string): string =>
  `do ${quoteBody(`begin\n  if ${condition} then\n    ${statement}\n  end if;\nend`)};`;
