import { aboutTable } from '../../model/about.ts';
import type { Policy } from '../../model/policy.ts';
import type { Table } from '../../model/table.ts';
import type { View } from '../../model/view.ts';
import type { Finding, Problem } from '../../report/problem.ts';

/** An object with a name that must be unique among others. */
interface Named {
  readonly kind: 'index' | 'unique constraint' | 'policy' | 'view';
  readonly name: string;
  /** The scope in which the name must be unique, for messages: `the schema public`. */
  readonly scope: string;
  readonly about: Required<Pick<Problem, 'object' | 'places'>>;
}

/**
 * Names that Postgres would refuse. drizzle-kit ends the process at most of them. A unique
 * constraint has an index of the same name, and a schema has one index of a name.
 */
export function refuseSameNames(
  tables: readonly Table[],
  views: readonly View[],
  policies: readonly Policy[],
): readonly Finding[] {
  const named = [
    ...tables.flatMap((table) => relationsOf(table, policies)),
    ...views.map((view): Named => ({
      kind: 'view',
      name: view.name,
      scope: schemaOf(view),
      about: aboutTable(view),
    })),
  ];
  return [...Map.groupBy(named, ({ scope, kind, name }) => groupOf(scope, kind, name)).values()]
    .filter(({ length }) => length > 1)
    .map(sameName);
}

function relationsOf(table: Table, policies: readonly Policy[]): readonly Named[] {
  const about = aboutTable(table);
  const scope = schemaOf(table);
  return [
    ...table.indexes.map(({ name }): Named => ({ kind: 'index', name, scope, about })),
    ...table.uniques.map(({ name }): Named => ({ kind: 'unique constraint', name, scope, about })),
    ...policies
      .filter((policy) => policy.table === table.id)
      .map(({ name }): Named => ({ kind: 'policy', name, scope: `the table ${table.id}`, about })),
  ];
}

const schemaOf = ({ schema = 'public' }: { readonly schema?: string }): string =>
  `the schema ${schema}`;

const groupOf = (scope: string, kind: Named['kind'], name: string): string =>
  JSON.stringify([scope, kind === 'policy', name]);

function sameName(named: readonly Named[]): Finding {
  const { kind, name, scope, about } = named[0] as Named;
  const isMixed = named.some((other) => other.kind !== kind);
  const places = new Map(
    named.flatMap((one) => one.about.places.map((place) => [JSON.stringify(place), place])),
  );
  return {
    severity: 'error',
    code: 'schema/name-twice',
    message: `${named.length === 2 ? 'two' : named.length} ${isMixed ? 'objects' : PLURALS[kind]} of ${scope} have the name ${name}.`,
    object: about.object,
    places: [...places.values()],
    fix: 'rename all but one of them.',
  };
}

const PLURALS = {
  index: 'indexes',
  'unique constraint': 'unique constraints',
  policy: 'policies',
  view: 'views',
} as const;
