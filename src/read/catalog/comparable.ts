import type { Schema } from '../../model/schema.ts';
import type { TableIndex } from '../../model/table-index.ts';
import { schemaOf, splitTableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';

/** Removes from two schemas everything that does not affect whether they agree. */
export function comparable(
  expected: Schema,
  found: Schema,
  { expressions }: { readonly expressions: boolean },
): { readonly expected: Schema; readonly found: Schema } {
  const own = ownSchemas(expected);
  const isOwn = (object: { readonly schema?: string }): boolean => own.has(schemaOf(object));
  const roles = new Map(expected.roles.map((role) => [role.name, role]));
  const extensions = new Set(expected.extensions.map(({ name }) => name));
  const sides = {
    expected,
    found: {
      ...found,
      tables: found.tables.filter(isOwn),
      views: found.views.filter(isOwn),
      enums: found.enums.filter(isOwn),
      sequences: found.sequences.filter(isOwn),
      policies: found.policies.filter(({ table }) => isOwn(splitTableId(table))),
      // A server has other roles and extensions, which belong to no schema.
      roles: found.roles.flatMap((role) => {
        const own = roles.get(role.name);
        return own ? [{ ...role, existing: own.existing }] : [];
      }),
      extensions: found.extensions.filter(({ name }) => extensions.has(name)),
    },
  };
  const both = withoutOptional(withoutExisting(sides));
  return expressions ? both : asDrizzleKnows(both);
}

interface Sides {
  readonly expected: Schema;
  readonly found: Schema;
}

/** If the definitions only state that a view exists, nothing else of it is compared. */
function withoutExisting({ expected, found }: Sides): Sides {
  const existing = new Map(
    expected.views.flatMap((view) => (view.sql === undefined ? [[view.id, view] as const] : [])),
  );
  const views = found.views.map((view) => existing.get(view.id) ?? view);
  return { expected, found: { ...found, views } };
}

/** An optional extension may have been missing when the expected schema was created. */
function withoutOptional({ expected, found }: Sides): Sides {
  const optional = expected.extensions.filter((extension) => extension.optional);
  const made = new Set(
    expected.tables.flatMap(({ indexes }) => indexes.map((index) => index.name)),
  );
  const left = new Set(
    optional.flatMap(({ indexes }) => Object.keys(indexes)).filter((name) => !made.has(name)),
  );
  const compared = (schema: Schema): Schema => ({
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      indexes: table.indexes.filter(({ name }) => !left.has(name)),
    })),
    extensions: schema.extensions.filter(
      ({ name }) => !optional.some((extension) => extension.name === name),
    ),
  });
  return { expected: compared(expected), found: compared(found) };
}

/** Ignores properties that Drizzle's definitions cannot express, or that companion SQL adds. */
function asDrizzleKnows({ expected, found }: Sides): Sides {
  const ruled = new Set([
    ...Object.keys(expected.access?.rules.tables ?? {}),
    ...(expected.roleRules ?? []).map(({ table }) => table),
  ]);
  const known = (schema: Schema): Schema => ({
    ...schema,
    tables: schema.tables.map(withoutClasses),
    // The policies of access rules are companion SQL.
    policies: schema.policies.filter(({ table }) => !ruled.has(table)),
  });
  return { expected: known(expected), found: known(found) };
}

/** Drizzle's definitions do not contain a type's default operator class and collation. */
function withoutClasses(table: Table): Table {
  return {
    ...table,
    indexes: table.indexes.map((index): TableIndex => {
      const columns = index.columns.map((column) => {
        const { opclass: _, collation: __, ...rest } = column;
        return rest;
      });
      return { ...index, columns };
    }),
  };
}

/** Objects in schemas that the definitions do not name are ignored. */
function ownSchemas({ tables, views, enums, sequences }: Schema): ReadonlySet<string> {
  return new Set([
    schemaOf({}),
    ...[...tables, ...views, ...enums, ...sequences].map((object) => schemaOf(object)),
  ]);
}
