import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import type { ManyToMany, ZeroChoices } from '../../model/zero-choices.ts';
import { nearestName } from '../../nearest-name.ts';
import type { Finding } from '../../problem.ts';
import { error } from './finding.ts';

/** Names in the choices that name nothing: each a slip, or left behind by a rename. */
export function checkChoices(schema: Schema, choices: ZeroChoices): readonly Finding[] {
  const tables = new Map(schema.tables.map((table) => [table.exportName, table]));
  const tableNames = [...tables.keys()];
  const withViews = [...tableNames, ...schema.views.map(({ exportName }) => exportName)];
  const unknown = (where: string, name: string, names: readonly string[]): readonly Finding[] =>
    names.includes(name) ? [] : [unknownName(where, name, names)];
  const unknownKey = (where: string, name: string, names: readonly string[]): readonly Finding[] =>
    unknown(where, name, names).map((finding) => ({ ...finding, at: [`${where}.${name}`] }));

  return [
    ...(choices.only ?? []).flatMap((name) => unknown('zero.only', name, tableNames)),
    ...Object.entries(choices.tables ?? {}).flatMap(([name, choice]) => {
      const where = `zero.tables.${name}`;
      const table = tables.get(name);
      // A view can be left out in so many words, which settles the warning about it.
      if (table === undefined) {
        return unknownKey('zero.tables', name, choice === false ? withViews : tableNames);
      }
      if (choice === false) return [];
      const columns = columnKeys(table);
      return [
        ...(choice.key ?? []).flatMap((key) => unknown(`${where}.key`, key, columns)),
        ...Object.keys(choice.columns ?? {}).flatMap((key) =>
          unknownKey(`${where}.columns`, key, columns),
        ),
      ];
    }),
    ...Object.entries(choices.manyToMany ?? {}).flatMap(([name, paths]) => [
      ...unknownKey('zero.manyToMany', name, tableNames),
      ...Object.entries(paths).flatMap(([path, choice]) =>
        beginsWithOne(schema, name, choice, `zero.manyToMany.${name}.${path}`),
      ),
    ]),
    ...badPublication(choices.publication),
  ];
}

/** A name in the choices that is none of those that could stand there. */
export function unknownName(where: string, name: string, names: readonly string[]): Finding {
  const nearest = nearestName(name, names);
  return error({
    code: 'zero/unknown-name',
    message: `${where} names ${JSON.stringify(name)}, which does not exist.`,
    at: [where],
    fix:
      nearest === undefined
        ? `write one of ${names.toSorted().join(', ') || 'none: there is nothing to name'}.`
        : `did you mean ${JSON.stringify(nearest)}?`,
  });
}

/** A way through a join table begins with the many rows that join. */
function beginsWithOne(
  { relations }: Schema,
  from: string,
  choice: ManyToMany,
  where: string,
): readonly Finding[] {
  if (typeof choice !== 'object' || !('many' in choice)) return [];
  const ones = relations.filter((one) => one.from === from && one.cardinality === 'one');
  if (!ones.some(({ name }) => name === choice.many)) return [];
  return [
    error({
      code: 'zero/no-path',
      message: `${where}.many names ${JSON.stringify(choice.many)}, which leads to one row and to no join table.`,
      at: [`${where}.many`],
      fix: 'name a many() relation to a join table.',
    }),
  ];
}

const columnKeys = (table: Table): readonly string[] => table.columns.map(({ key }) => key);

function badPublication(name: string | false | undefined): readonly Finding[] {
  if (name === undefined || name === false || /^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return [];
  return [
    error({
      code: 'zero/publication-name',
      message: `${JSON.stringify(name)} cannot be the name of the publication.`,
      at: ['zero.publication'],
      fix: 'use letters, digits and _, beginning with a letter: zero-cache keeps _ for its own.',
    }),
  ];
}
