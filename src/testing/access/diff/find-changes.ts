import { seededRandom } from '../../../rows/random.ts';
import type { AskedOperation } from './asked-operations.ts';
import { OperationCoverage } from './diff-coverage.ts';
import { drawScene, type Aim, type Target } from './draw-scene.ts';
import { planTokens } from './draw-token.ts';
import { allowsScene } from './judge-scene.ts';
import { lackingLists } from './lacking-lists.ts';
import {
  classOf,
  isWithin,
  relationsIn,
  sizeOf,
  type PrincipalClass,
  type Relation,
} from './principal-facts.ts';
import type { RulesVersion } from './rules-version.ts';
import type { SceneTables } from './scene-tables.ts';
import { RowDrawer, type Scene } from './scene.ts';
import { numberIds } from './number-ids.ts';
import { shrinkScene } from './shrink-scene.ts';
import { isValidScene } from './valid-scene.ts';

/** A principal who gains or loses an operation, with the scene that shows it. */
export interface FoundChange {
  readonly asked: AskedOperation;
  readonly change: 'gain' | 'loss';
  readonly principal: PrincipalClass;
  readonly scene: Scene;
}

export interface Search {
  readonly before: RulesVersion;
  readonly after: RulesVersion;
  readonly roles: readonly string[];
  readonly seed: number;
  /** Questions for each kind of principal, unless one shows a change earlier. */
  readonly questions: number;
}

/** Searches for the principals who gain, or lose, one operation. */
export function findChanges(
  search: Search,
  asked: AskedOperation,
  change: 'gain' | 'loss',
  { tables, coverage }: { readonly tables: SceneTables; readonly coverage: OperationCoverage },
): readonly FoundChange[] {
  const { before, after, roles, seed, questions } = search;
  const versions = [before, after];
  const [allows, denies] = change === 'gain' ? [after, before] : [before, after];
  const aim: Aim = { asked, allows, denies };
  const table = tables[asked.table];
  if (!table || !allows.rules.tables[asked.table]) return [];
  const relations = relationsIn(versions, asked.table);
  const plan = planTokens(versions, roles, tables);
  const found = new Map<string, FoundChange>();
  const shows = (scene: Scene): boolean =>
    allowsScene(allows, asked, scene) && !allowsScene(denies, asked, scene);
  const principalOf = (scene: Scene): PrincipalClass => ({
    ...classOf(scene, versions, { roles, relations }),
    lacks: lackingLists(scene, plan.declared, shows),
  });
  for (const [at, target] of targetsOf(roles, relations).entries()) {
    const random = seededRandom(seed, asked.table, asked.operation, asked.column ?? '', change, at);
    const wanted = JSON.stringify(target.principal);
    for (let left = questions; left > 0 && !found.has(wanted); left -= 1) {
      const drawer = new RowDrawer(tables, random);
      const scene = drawScene(aim, target, plan, drawer);
      if (!scene) continue;
      const answers = versions.map((version) => allowsScene(version, asked, scene));
      coverage.count(scene, answers);
      if (answers[0] === answers[1] || !shows(scene)) continue;
      const key = JSON.stringify(principalOf(scene));
      if (found.has(key)) continue;
      const showsSame = (other: Scene): boolean =>
        shows(other) &&
        isValidScene(other, table, drawer) &&
        JSON.stringify(principalOf(other)) === key;
      const smallest = numberIds(shrinkScene(scene, table, drawer, showsSame), showsSame);
      found.set(key, { asked, change, principal: principalOf(smallest), scene: smallest });
    }
  }
  return minimal([...found.values()]);
}

/** The principals to try: each alone with one property, then any. */
function targetsOf(
  roles: readonly string[],
  relations: readonly Relation[],
): readonly (Target & { readonly principal?: PrincipalClass })[] {
  const none = { roles: [], relations: [], lacks: [] };
  const apart = { has: [], lacks: relations };
  const user = { kind: 'user' as const, roles: [] };
  return [
    { kind: 'anonymous', roles: [], ...apart, principal: { kind: 'anonymous', ...none } },
    { ...user, ...apart, principal: { kind: 'user', ...none } },
    ...roles.map((role) => ({
      ...user,
      roles: [role],
      ...apart,
      principal: { kind: 'user' as const, ...none, roles: [role] },
    })),
    ...relations.map((relation) => ({
      ...user,
      has: [relation],
      lacks: relations.filter((other) => other !== relation),
      principal: { kind: 'user' as const, ...none, relations: [relation.rule] },
    })),
    { kind: 'user', roles: undefined, has: [], lacks: [] },
    { kind: 'user', roles: undefined, has: relations, lacks: [] },
    { kind: 'token', roles: undefined, has: [], lacks: [] },
  ];
}

/**
 * Leaves out a principal with several properties if one with fewer of them shows the same
 * change, and a token without a subject if another principal does.
 */
function minimal(found: readonly FoundChange[]): readonly FoundChange[] {
  const users = found.filter(({ principal }) => principal.kind === 'user');
  const others = found.filter(({ principal }) => principal.kind !== 'token');
  return found.filter(({ principal }) => {
    const size = sizeOf(principal);
    if (principal.kind === 'token') return others.length === 0;
    if (size < 2) return true;
    return !users.some(
      (other) => sizeOf(other.principal) < size && isWithin(other.principal, principal),
    );
  });
}
