import type { ClaimDeclaration, Claims } from '../../../model/rule.ts';
import type { PrincipalClass } from './principal-facts.ts';
import { partsOfVersion, type RulesVersion } from './rules-version.ts';
import type { SceneTables } from './scene-tables.ts';
import { USER, type RowDrawer } from './scene.ts';
import type { Value } from '../world.ts';

/** The kind of token to draw. */
export interface TokenKind {
  readonly kind: PrincipalClass['kind'];
  /** `undefined` draws any of the known roles. */
  readonly roles: readonly string[] | undefined;
}

/** The declarations of both versions, and the values that each claim is compared with. */
export interface TokenPlan {
  readonly declared: readonly (readonly [string, ClaimDeclaration])[];
  readonly roles: readonly string[];
  readonly values: ReadonlyMap<string, readonly Value[]>;
}

export function planTokens(
  versions: readonly RulesVersion[],
  roles: readonly string[],
  tables: SceneTables,
): TokenPlan {
  const declared = new Map<string, readonly [string, ClaimDeclaration]>();
  const values = new Map<string, Set<Value>>();
  for (const version of versions) {
    for (const one of Object.entries(version.rules.claims)) declared.set(JSON.stringify(one), one);
    for (const { table, rule } of partsOfVersion(version)) {
      const compared =
        rule.op === 'compare' ? rule.value : rule.op === 'in' ? rule.values : undefined;
      if (!compared || !('claim' in compared) || !('column' in rule)) continue;
      const own = values.get(compared.claim) ?? new Set();
      values.set(compared.claim, own);
      for (const value of tables[table]?.columns[rule.column]?.values ?? []) own.add(value);
    }
  }
  return {
    declared: [...declared.values()],
    roles,
    values: new Map([...values].map(([claim, own]) => [claim, [...own]])),
  };
}

/** A token of a kind. Claims that rules compare with columns are often missing or empty. */
export function drawToken(
  { kind, roles: wanted }: TokenKind,
  plan: TokenPlan,
  drawer: RowDrawer,
): Claims {
  const claims: Record<string, unknown> = {};
  if (kind === 'anonymous') return claims;
  for (const [name, { type, path }] of plan.declared) {
    if (name === 'sub') {
      if (kind === 'user') put(claims, path, USER);
      continue;
    }
    if (name === 'roles') {
      const roles = wanted ?? plan.roles.filter(() => drawer.chance(50));
      if (roles.length > 0 || drawer.chance(50)) put(claims, path, roles);
      continue;
    }
    if (drawer.chance(30)) continue;
    const values = valuesOf(name, type.replace('[]', ''), plan, drawer);
    const list = values.filter(() => drawer.chance(40)).slice(0, 2);
    put(claims, path, type.endsWith('[]') ? list : drawer.random.pick(values));
  }
  return claims;
}

function valuesOf(
  claim: string,
  type: string,
  { values }: TokenPlan,
  drawer: RowDrawer,
): readonly Value[] {
  switch (type) {
    case 'uuid':
      return [USER, drawer.freshId(), drawer.freshId()];
    case 'boolean':
      return [true, false];
    case 'integer':
      return [...(values.get(claim) ?? []), 0, 1].filter((value) => typeof value === 'number');
    default:
      return [...(values.get(claim) ?? []), 'a', 'b'].filter((value) => typeof value === 'string');
  }
}

/** Sets a claim at its path. */
export function put(
  claims: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let at = claims;
  for (const step of path.slice(0, -1)) {
    const next = at[step];
    const isObject = typeof next === 'object' && next !== null && !Array.isArray(next);
    at = (isObject ? next : (at[step] = {})) as Record<string, unknown>;
  }
  at[last] = value;
}
