/** The schema that Postgres looks into by itself. A table without a schema is in it. */
const PUBLIC = 'public';

/** A schema and a name in it. */
export interface QualifiedName {
  /** Absent for `public`. */
  readonly schema?: string | undefined;
  readonly name: string;
}

/**
 * The id of a table, a view, an enum or a sequence: `packages` in `public`,
 * `billing.invoices` in another schema. A part that holds a dot or a quote is
 * quoted as SQL does it, so that two tables never share an id.
 *
 * @example
 * tableId('billing', 'invoices'); // 'billing.invoices'
 * tableId(undefined, 'billing.invoices'); // '"billing.invoices"'
 */
export function tableId(schema: string | undefined, name: string): string {
  return schema === undefined || schema === PUBLIC ? idPart(name) : qualifiedName({ schema, name });
}

/** The schema and the name that {@link tableId} made an id of. */
export function splitTableId(id: string): { readonly schema: string; readonly name: string } {
  const parts = id.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
  const [name = '', schema] = parts
    .map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
    .toReversed();
  return { schema: schemaOf({ schema }), name };
}

/**
 * The id with the schema always in it, and what stands inside: `public.packages`,
 * `public.packages.name`. Names objects in messages.
 */
export function qualifiedName({ schema, name }: QualifiedName, ...within: string[]): string {
  return [schemaOf({ schema }), name, ...within].map(idPart).join('.');
}

/** The schema that something is in, `public` included. */
export function schemaOf({ schema }: Pick<QualifiedName, 'schema'>): string {
  return schema ?? PUBLIC;
}

/** The `schema` of the model: absent for `public`. */
export function givenSchema(schema: string | undefined): { readonly schema?: string } {
  return schema === undefined || schema === PUBLIC ? {} : { schema };
}

/** One part of an id. */
function idPart(name: string): string {
  return /[."]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
