import { nearestName } from '../../report/nearest-name.ts';
import type { Finding } from '../../report/problem.ts';
import { aboutTable } from '../../model/about.ts';
import type { ReadTable } from './refuse-twins.ts';

/**
 * Reports tables with several export names that the config does not list as aliases, and
 * listed aliases that do not exist.
 */
export function reportAliases(
  tables: readonly ReadTable[],
  settled: readonly string[],
): readonly Finding[] {
  const names = tables.flatMap(({ aliases }) => aliases);
  return [
    ...tables.flatMap(({ exportName, aliases, table }): readonly Finding[] => {
      const open = aliases.filter((name) => !settled.includes(name));
      if (open.length === 0) return [];
      const setting = open.map((name) => `'${name}'`).join(', ');
      return [
        {
          severity: 'warning',
          code: 'schema/aliased-table',
          message: `the table ${exportName} is also exported as ${open.join(' and ')}. The generated files use the name ${exportName}.`,
          ...aboutTable(table),
          fix: `export it under one name, or in garden.config.ts set aliases: [${setting}].`,
        },
      ];
    }),
    ...settled
      .filter((name) => !names.includes(name))
      .map((name) => unknownAlias(name, nearestName(name, names))),
  ];
}

const unknownAlias = (name: string, nearest: string | undefined): Finding => ({
  severity: 'error',
  code: 'schema/unknown-alias',
  message: `aliases of garden.config.ts names ${name}, which is not another export name of a table.`,
  settings: [['aliases']],
  fix: nearest === undefined ? 'take it out.' : `did you mean '${nearest}'? Otherwise remove it.`,
});
