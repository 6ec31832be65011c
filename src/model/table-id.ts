/** The default schema. A table without an explicit schema is in it. */
const PUBLIC = 'public';

/** A name and its schema. */
export interface QualifiedName {
  /** Absent for `public`. */
  readonly schema?: string | undefined;
  readonly name: string;
}

/**
 * The id of a table, a view, an enum or a sequence: `packages` in `public`,
 * `billing.invoices` in another schema. A part that contains a dot or a quote is
 * quoted as in SQL, so that two tables never share an id.
 *
 * @example
 * tableId('billing', 'invoices'); // 'billing.invoices'
 * tableId(undefined, 'billing.invoices'); // '"billing.invoices"'
 */
export function tableId(schema: string | undefined, name: string): string {
  return schema === undefined || schema === PUBLIC ? idPart(name) : qualifiedName({ schema, name });
}

/** Splits an id from {@link tableId} into schema and name. */
export function splitTableId(id: string): { readonly schema: string; readonly name: string } {
  const parts = id.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
  const [name = '', schema] = parts
    .map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
    .toReversed();
  return { schema: schemaOf({ schema }), name };
}

/**
 * The name of an object in messages, always with its schema: `public.packages`, or
 * `public.packages.name` for a column.
 */
export function qualifiedName({ schema, name }: QualifiedName, ...within: string[]): string {
  return [schemaOf({ schema }), name, ...within].map(idPart).join('.');
}

/** The schema, with `public` as the default. */
export function schemaOf({ schema }: Pick<QualifiedName, 'schema'>): string {
  return schema ?? PUBLIC;
}

/** The field `schema` as the model stores it: absent for `public`. */
export function givenSchema(schema: string | undefined): { readonly schema?: string } {
  return schema === undefined || schema === PUBLIC ? {} : { schema };
}

/** A schema or name as part of an id, quoted if necessary. */
function idPart(name: string): string {
  return /[."]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
