import { aboutColumn, aboutRelation } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import type { Relation } from '../../model/schema.ts';
import type { ZeroChoices } from '../../model/zero-choices.ts';
import type { NamedPlace } from '../../report/place.ts';
import { nearestName } from '../../report/nearest-name.ts';
import type { Finding, SettingPath } from '../../report/problem.ts';
import { showSetting } from '../../report/show-setting.ts';
import { compareText } from '../../model/compare-text.ts';
import type { RelationGraph, RelationNode } from './relation-graph.ts';
import { isKept } from './written-relations.ts';

/** The relation settings of the user's config, by table export name. */
export type SettledRelations = NonNullable<ZeroChoices['relations']>;

/** Renames relations as the config says, and refuses names that are already used. */
export function settleNames(
  relations: readonly Relation[],
  graph: RelationGraph,
  settled: SettledRelations,
  clashSuffix?: string,
): { readonly relations: readonly Relation[]; readonly findings: readonly Finding[] } {
  const nodes = new Map([...graph.nodes.values()].map((node) => [node.exportName, node]));
  const findings: Finding[] = unknownSettings(nodes, settled);
  const taken = new Map<string, Relation>();
  const kept: Relation[] = [];
  const refuse = (about: Partial<Finding>, message: string, fix: string): void =>
    void findings.push({
      severity: 'error',
      code: 'schema/relation-name-clash',
      ...about,
      message,
      fix,
    });
  const columnOf = (from: string, name: string): Column | undefined =>
    nodes.get(from)?.table.columns.find(({ key }) => key === name);
  const newName = ({ from, name }: Relation): string => {
    const said = settled[from]?.[name];
    if (typeof said === 'string') return said;
    return clashSuffix !== undefined && columnOf(from, name) ? `${name}${clashSuffix}` : name;
  };
  // Relations that keep their name have precedence.
  const order = relations.toSorted(
    (a, b) => Number(newName(a) !== a.name) - Number(newName(b) !== b.name),
  );
  for (const relation of order) {
    const { from, name: written } = relation;
    const name = newName(relation);
    const renamed = name !== written;
    const isSaid = settled[from]?.[written] !== undefined;
    const path = isSaid ? ['zero', 'relations', from, written] : ['zero', 'clashSuffix'];
    const setting = showSetting(path);
    const says = isSaid
      ? `${setting} is '${name}'`
      : `${setting} renames ${from}.${written} to '${name}'`;
    const { object, places } = aboutRelation(relation);
    const clash = (others: readonly NamedPlace[]): Partial<Finding> => ({
      object,
      places: [...places, ...others],
      ...(renamed && { settings: [path] }),
    });
    const rename = `zero.relations.${from}: { ${written}: '${name}Relation' }`;
    const table = nodes.get(from)?.table;
    const column = columnOf(from, name);
    const twin = taken.get(`${from}.${name}`);
    if (table && column) {
      refuse(
        clash(aboutColumn(table, column).places),
        renamed
          ? `${says}, which is the name of a column.`
          : `the relation ${from}.${name} has the same name as a column.`,
        renamed
          ? `choose another name, for example ${rename}.`
          : `rename it, in relations() or in garden.config.ts with ${rename}; or all of them with zero.clashSuffix: 'Relation'.`,
      );
    } else if (twin) {
      refuse(
        clash(aboutRelation(twin).places),
        `${says}, which is the name of another relation of ${from}.`,
        `choose another name, for example ${rename}.`,
      );
    } else {
      taken.set(`${from}.${name}`, relation);
      kept.push({ ...relation, name });
    }
  }
  kept.sort((a, b) => compareText(a.from, b.from) || compareText(a.name, b.name));
  return { relations: kept, findings };
}

/** An unknown name in the config is a typo, or a leftover of a rename. */
function unknownSettings(
  nodes: ReadonlyMap<string, RelationNode>,
  settled: SettledRelations,
): Finding[] {
  return Object.entries(settled).flatMap(([from, settings]) => {
    const node = nodes.get(from);
    if (!node) return [unknown(`table ${from}`, [from], [...nodes.keys()])];
    const names = [...node.relations.keys()];
    const unknownNames = Object.entries(settings).filter(([name, said]) => {
      const written = node.relations.get(name);
      return (
        typeof said === 'object' && written?.made.kind === 'made' && !isKept(written, said.keep)
      );
    });
    return [
      ...Object.keys(settings)
        .filter((name) => !node.relations.has(name))
        .map((name) => unknown(`relation ${from}.${name}`, [from, name], names)),
      ...unknownNames.map(([name]) => {
        const by = node.relations.get(name)?.by.exportName ?? '';
        return unknown(`relations() that writes ${from}.${name}`, [from, name, 'keep'], [by]);
      }),
    ];
  });
}

function unknown(what: string, path: SettingPath, names: readonly string[]): Finding {
  const near = path.at(-1) === 'keep' ? names[0] : nearestName(path.at(-1) ?? '', names);
  return {
    severity: 'error',
    code: 'schema/unknown-relation',
    message: `garden.config.ts refers to the ${what}, which does not exist.`,
    settings: [['zero', 'relations', ...path]],
    fix:
      near === undefined
        ? 'remove it from zero.relations.'
        : `did you mean ${near}? Otherwise remove it from zero.relations.`,
  };
}
