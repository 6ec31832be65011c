import { aboutRelation } from '../../model/about.ts';
import type { Relation, ReservedRelation } from '../../model/schema.ts';
import type { ManyToMany, ZeroChoices } from '../../model/zero-choices.ts';
import type { NamedPlace } from '../../report/place.ts';
import type { Finding, SettingPath } from '../../report/problem.ts';
import { showSetting } from '../../report/show-setting.ts';
import { unknownName } from './check-choices.ts';
import { derivePaths, reverse, type Path } from './derive-paths.ts';
import { error, warning } from './finding.ts';
import type { Tables } from './plan-relations.ts';
import { own as ownOf } from './own.ts';
import { looseJoins, looseNames, reportLooseJoins } from './report-loose-joins.ts';

export interface NamedPath extends Path {
  readonly name: string;
}

export interface ManyToManyPlan {
  readonly paths: readonly NamedPath[];
  readonly findings: readonly Finding[];
}

export interface Relations {
  /** The relations that are synced. */
  readonly relations: readonly Relation[];
  /** All declared relations. No derived relation may use one of their names. */
  readonly written: readonly ReservedRelation[];
}

/** The relations through join tables: derived, then adjusted by the settings. */
export function planManyToMany(
  { relations, written }: Relations,
  tables: Tables,
  choices: ZeroChoices['manyToMany'] = {},
): ManyToManyPlan {
  const findings: Finding[] = [];
  const loose = looseJoins(relations, tables);
  const derived = Map.groupBy(derivePaths(relations, tables), ({ from }) => from);
  const paths = [...tables.keys()].flatMap((from): readonly NamedPath[] => {
    const taken = new Set([
      ...(tables.get(from)?.columns.keys() ?? []),
      ...relations.filter((relation) => relation.from === from).map(({ name }) => name),
    ]);
    const own = written.filter((relation) => relation.from === from);
    const named = nameAll(derived.get(from) ?? [], { taken, own, tables, findings });
    return choose(named, ownOf(choices, from) ?? {}, {
      from,
      taken,
      relations,
      tables,
      findings,
      loose: looseNames(loose, from, tables),
    });
  });
  findings.push(...reportLooseJoins(loose, paths, tables, choices));
  return { paths, findings };
}

interface Naming {
  readonly taken: ReadonlySet<string>;
  /** The declared relations of the table. */
  readonly own: readonly ReservedRelation[];
  readonly tables: Tables;
  readonly findings: Finding[];
}

/**
 * A path is named after its target table if no other path or relation has that target and
 * the name is free: `tags`. Otherwise it combines the names of its two relations:
 * `sentRequestsAccepter`.
 */
function nameAll(
  paths: readonly Path[],
  { taken, own, tables, findings }: Naming,
): readonly NamedPath[] {
  const reserved = new Set([...taken, ...own.map(({ name }) => name)]);
  const used = new Set(reserved);
  const named = paths.map((path): NamedPath => {
    const target = tables.get(path.one.to)?.name ?? path.one.to;
    const alone =
      paths.filter(({ one }) => one.to === path.one.to).length === 1 &&
      !own.some(({ to }) => to === path.one.to);
    return { ...path, name: alone && !reserved.has(target) ? target : longName(path, tables) };
  });
  return named.filter((path) => {
    if (!used.has(path.name)) {
      used.add(path.name);
      return true;
    }
    findings.push(
      warning({
        code: 'zero/relation-left-out',
        message: `no name is available on ${path.from} for the relation through ${path.many.to} to ${path.one.to}. It is left out.`,
        object: `${path.one.from}.${path.one.name}`,
        places: placesOf(path),
        fix: `name it: zero.manyToMany.${path.from}: { …: ${pathSetting(path)} }.`,
      }),
    );
    return false;
  });
}

/** The places of its relations; the first relation may only be implied. */
const placesOf = ({ from, many: { name, at }, one }: Path): readonly NamedPlace[] => [
  ...(name === undefined ? [] : aboutRelation({ from, name, ...(at && { at }) }).places),
  ...aboutRelation(one).places,
];

/** The path as written in the settings. */
const pathSetting = ({ many, one }: Path): string =>
  many.name === undefined
    ? `['${many.to}', '${one.to}']`
    : `{ many: '${many.name}', one: '${one.name}' }`;

const longName = ({ many, one }: Path, tables: Tables): string =>
  `${many.name ?? tables.get(many.to)?.name ?? many.to}${one.name.charAt(0).toUpperCase()}${one.name.slice(1)}`;

interface Choosing {
  readonly from: string;
  readonly taken: ReadonlySet<string>;
  readonly relations: readonly Relation[];
  readonly tables: Tables;
  readonly findings: Finding[];
  /**
   * Names of paths that are not derived. `false` in the settings suppresses the warning.
   */
  readonly loose: readonly string[];
}

function choose(
  derived: readonly NamedPath[],
  choices: Readonly<Record<string, ManyToMany>>,
  context: Choosing,
): readonly NamedPath[] {
  const { from, taken, findings } = context;
  const where = ['zero', 'manyToMany', from];
  const made: NamedPath[] = [];
  const replaced = new Set<NamedPath>();
  for (const [name, choice] of Object.entries(choices)) {
    if (choice === false || typeof choice === 'string') {
      const path = derived.find((one) => one.name === name);
      if (path === undefined) {
        if (choice === false && context.loose.includes(name)) continue;
        findings.push(
          unknownName(
            where,
            name,
            derived.map((one) => one.name),
          ),
        );
        continue;
      }
      replaced.add(path);
      if (choice !== false) made.push({ ...path, name: choice });
    } else {
      const path = Array.isArray(choice)
        ? byTables([...where, name], choice as readonly [string, string], context)
        : byRelations([...where, name], choice as { many: string; one: string }, context);
      if (path === undefined) continue;
      for (const one of derived) if (samePath(one, path)) replaced.add(one);
      made.push({ ...path, name });
    }
  }
  const kept = derived.filter((path) => !replaced.has(path));
  const names = new Set([...taken, ...kept.map(({ name }) => name)]);
  return [
    ...kept,
    ...made.filter(({ name }) => {
      const free = !names.has(name) && !name.startsWith('zsubq_');
      if (!free) findings.push(nameTaken(where, name));
      names.add(name);
      return free;
    }),
  ];
}

const samePath = (one: Path, other: Path): boolean =>
  one.one === other.one &&
  one.many.fields.join() === other.many.fields.join() &&
  one.many.references.join() === other.many.references.join();

function byRelations(
  where: SettingPath,
  { many, one }: { readonly many: string; readonly one: string },
  { from, relations, findings }: Choosing,
): Path | undefined {
  const starts = relations.filter((relation) => relation.from === from);
  const first = starts.find(({ name }) => name === many);
  if (first === undefined) {
    findings.push(
      unknownName(
        [...where, 'many'],
        many,
        starts.map(({ name }) => name),
      ),
    );
    return undefined;
  }
  if (first.cardinality === 'one') {
    findings.push(
      error({
        code: 'zero/no-path',
        message: `${showSetting(where)}.many names ${JSON.stringify(many)}, which is not a many() relation to a join table.`,
        settings: [[...where, 'many']],
        fix: 'name a many() relation to a join table.',
      }),
    );
    return undefined;
  }
  const onwards = relations.filter((relation) => relation.from === first.to);
  const second = onwards.find(({ name }) => name === one);
  if (second !== undefined) return { from, many: first, one: second };
  findings.push(
    unknownName(
      [...where, 'one'],
      one,
      onwards.map(({ name }) => name),
    ),
  );
  return undefined;
}

/** The `many` relation need not be declared, because its inverse implies it. */
function byTables(
  where: SettingPath,
  [junction, target]: readonly [string, string],
  { from, relations, tables, findings }: Choosing,
): Path | undefined {
  for (const name of [junction, target]) {
    if (tables.has(name)) continue;
    findings.push(unknownName(where, name, [...tables.keys()]));
    return undefined;
  }
  const ones = relations.filter(
    (relation) => relation.from === junction && relation.cardinality === 'one',
  );
  const found = ones
    .filter(({ to }) => to === from)
    .flatMap((back) =>
      ones
        .filter((one) => one !== back && one.to === target)
        .map((one): Path => ({ from, many: reverse(back), one })),
    );
  const [path] = found;
  if (path !== undefined && found.length === 1) return path;
  findings.push(
    error({
      code: 'zero/no-path',
      message: `${showSetting(where)}: ${found.length === 0 ? 'no path leads' : `${found.length} paths lead`} from ${from} through ${junction} to ${target}.`,
      settings: [where],
      fix:
        found.length === 0
          ? `give ${junction} a one() relation to each of the two tables.`
          : "name the relations instead: { many: '…', one: '…' }.",
    }),
  );
  return undefined;
}

const nameTaken = (where: SettingPath, name: string): Finding =>
  error({
    code: 'zero/relation-name',
    message: `${showSetting(where)} names a relation ${JSON.stringify(name)}, but that name is taken. It is left out.`,
    settings: [[...where, name]],
    fix: 'choose a name that no column and no other relation of the table has.',
  });
