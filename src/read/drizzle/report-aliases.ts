import { nearestName } from '../../report/nearest-name.ts';
import type { Finding } from '../../report/problem.ts';
import { aboutTable } from '../../model/about.ts';
import type { ReadTable } from './refuse-twins.ts';

/** Tables with several names, of which the config takes only one for an alias, and aliases of none. */
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
          message: `the table ${exportName} is also exported as ${open.join(' and ')}. What is generated calls it ${exportName}.`,
          ...aboutTable(table),
          fix: `export it by one name, or settle it in garden.config.ts with aliases: [${setting}].`,
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
  message: `aliases of garden.config.ts names ${name}, which is no second name of a table.`,
  settings: [['aliases']],
  fix: nearest === undefined ? 'take it out.' : `did you mean '${nearest}'? Otherwise remove it.`,
});
