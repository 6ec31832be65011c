import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import type { ZeroChoices } from '../../model/zero-choices.ts';
import { nearestName } from '../../report/nearest-name.ts';
import type { Finding, SettingPath } from '../../report/problem.ts';
import { showSetting } from '../../report/show-setting.ts';
import { error } from './finding.ts';

/** Reports unknown names in the settings: typos, or leftovers of a rename. */
export function checkChoices(schema: Schema, choices: ZeroChoices): readonly Finding[] {
  const tables = new Map(schema.tables.map((table) => [table.exportName, table]));
  const tableNames = [...tables.keys()];
  const withViews = [...tableNames, ...schema.views.map(({ exportName }) => exportName)];
  const unknown = (
    where: SettingPath,
    name: string,
    names: readonly string[],
  ): readonly Finding[] => (names.includes(name) ? [] : [unknownName(where, name, names)]);
  const unknownKey = (
    where: SettingPath,
    name: string,
    names: readonly string[],
  ): readonly Finding[] =>
    unknown(where, name, names).map((finding) => ({ ...finding, settings: [[...where, name]] }));

  return [
    ...(choices.only ?? []).flatMap((name) => unknown(['zero', 'only'], name, tableNames)),
    ...Object.entries(choices.tables ?? {}).flatMap(([name, choice]) => {
      const where = ['zero', 'tables', name];
      const table = tables.get(name);
      if (table === undefined) {
        const view = schema.views.some(({ exportName }) => exportName === name);
        if (!view)
          return unknownKey(['zero', 'tables'], name, choice === false ? withViews : tableNames);
        // A view can be excluded explicitly, which removes the warning about it.
        return choice === false ? [] : [choiceOfView(name)];
      }
      if (choice === false) return [];
      const columns = columnKeys(table);
      return [
        ...(choice.key ?? []).flatMap((key) => unknown([...where, 'key'], key, columns)),
        ...Object.keys(choice.columns ?? {}).flatMap((key) =>
          unknownKey([...where, 'columns'], key, columns),
        ),
      ];
    }),
    ...Object.keys(choices.manyToMany ?? {}).flatMap((name) =>
      unknownKey(['zero', 'manyToMany'], name, tableNames),
    ),
  ];
}

/** The finding for an unknown name in the settings. */
export function unknownName(where: SettingPath, name: string, names: readonly string[]): Finding {
  const nearest = nearestName(name, names);
  return error({
    code: 'zero/unknown-name',
    message: `${showSetting(where)} names ${JSON.stringify(name)}, which does not exist.`,
    settings: [where],
    fix:
      nearest === undefined
        ? `write one of ${names.toSorted().join(', ') || 'none: there is nothing to name'}.`
        : `did you mean ${JSON.stringify(nearest)}?`,
  });
}

const choiceOfView = (name: string): Finding =>
  error({
    code: 'zero/view',
    message: `zero.tables names ${JSON.stringify(name)}, which is a view. Postgres only replicates tables.`,
    settings: [['zero', 'tables', name]],
    fix: 'set it to false, or remove it.',
  });

const columnKeys = (table: Table): readonly string[] => table.columns.map(({ key }) => key);
