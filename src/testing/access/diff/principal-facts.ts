import type { AccessRules, Rule } from '../../../model/rule.ts';
import { evaluate, innerRule } from '../oracle.ts';
import { partsOfVersion, type RulesVersion } from './rules-version.ts';
import type { Scene } from './scene.ts';

/**
 * A relation of a principal to a row: a claim that equals or is compared with a column, or a
 * related row with such a column. `rule` states it, as part of the rules of `rules`.
 */
export interface Relation {
  readonly rule: Rule;
  readonly rules: AccessRules;
}

/** A class of principals: who they are, and what they are to the row of an example. */
export interface PrincipalClass {
  /** `token` has claims, but not the claim `sub`. */
  readonly kind: 'anonymous' | 'user' | 'token';
  readonly roles: readonly string[];
  /** The relations to the row. One that another implies is left out. */
  readonly relations: readonly Rule[];
  /** Lists that the token lacks, and that would change the result if they were empty instead. */
  readonly lacks: readonly string[];
}

/** The roles that the rules of both versions mention. */
export function rolesIn(versions: readonly RulesVersion[]): readonly string[] {
  const roles = new Set<string>();
  for (const version of versions) {
    for (const { rule } of partsOfVersion(version)) if (rule.op === 'role') roles.add(rule.role);
  }
  return [...roles].sort();
}

/** The relations that the rules of a table test, in both versions. */
export function relationsIn(versions: readonly RulesVersion[], table: string): readonly Relation[] {
  const found = new Map<string, Relation>();
  for (const { rules } of versions) {
    const own = rules.tables[table];
    if (!own) continue;
    for (const rule of [own.read, own.insert, own.update.from, own.update.to, own.delete]) {
      for (const relation of relationsOf(rule, rules)) {
        const declared = claimsOf(relation).map((claim) => rules.claims[claim]);
        const text = JSON.stringify([relation, declared]);
        if (!found.has(text)) found.set(text, { rule: relation, rules });
      }
    }
  }
  return [...found.values()];
}

function relationsOf(rule: Rule, rules: AccessRules): readonly Rule[] {
  switch (rule.op) {
    case 'not':
      return relationsOf(rule.rule, rules);
    case 'and':
    case 'or':
      return rule.rules.flatMap((part) => relationsOf(part, rules));
    case 'compare': {
      if (!('claim' in rule.value)) return [];
      return [rule.with === '!=' ? { ...rule, with: '=' } : rule];
    }
    case 'in':
      return 'claim' in rule.values ? [rule] : [];
    case 'exists':
    case 'can': {
      const { table, on } = rule;
      const inner = innerRule(rule, rules);
      const related = relationsOf(inner, rules);
      const narrow = narrowed(inner);
      return [...related, ...(narrow && related.length > 0 ? [narrow] : [])].map((one) => ({
        op: 'exists',
        table,
        on,
        rule: one,
        rows: 'raw',
      }));
    }
    default:
      return [];
  }
}

/** A condition on one related row, such as a member whose level is `admin`. */
function narrowed(rule: Rule): Rule | undefined {
  if (rule.op !== 'and' || rule.rules.length < 2) return undefined;
  return rule.rules.every(({ op }) => op === 'compare' || op === 'in' || op === 'null')
    ? rule
    : undefined;
}

function claimsOf(rule: Rule): readonly string[] {
  switch (rule.op) {
    case 'compare':
      return 'claim' in rule.value ? [rule.value.claim] : [];
    case 'in':
      return 'claim' in rule.values ? [rule.values.claim] : [];
    case 'and':
      return rule.rules.flatMap(claimsOf);
    case 'exists':
      return claimsOf(rule.rule);
    default:
      return [];
  }
}

/** The class of the principal of a scene. */
export function classOf(
  scene: Scene,
  versions: readonly RulesVersion[],
  facts: { readonly roles: readonly string[]; readonly relations: readonly Relation[] },
): Omit<PrincipalClass, 'lacks'> {
  const { claims, rows: db } = scene;
  const holds = (rule: Rule, rules: AccessRules, row: Scene['subject']): boolean =>
    evaluate(rule, row, { rules, claims, db }) === true;
  const anyVersion = (rule: Rule): boolean =>
    versions.some(({ rules }) => holds(rule, rules, scene.subject));
  const relations = facts.relations
    .filter(({ rule, rules }) =>
      [scene.subject, scene.after].some((row) => row && holds(rule, rules, row)),
    )
    .map(({ rule }) => rule);
  return {
    kind: anyVersion({ op: 'authenticated' })
      ? 'user'
      : Object.keys(claims).length === 0
        ? 'anonymous'
        : 'token',
    roles: facts.roles.filter((role) => anyVersion({ op: 'role', role })),
    relations: relations.filter(
      (rule) => !relations.some((other) => other !== rule && refines(other, rule)),
    ),
  };
}

/** Whether a relation is another one with further conditions on the related row. */
function refines(narrow: Rule, wide: Rule): boolean {
  if (narrow.op !== 'exists' || wide.op !== 'exists') {
    return (
      narrow.op === 'and' &&
      narrow.rules.some((part) => JSON.stringify(part) === JSON.stringify(wide))
    );
  }
  return (
    narrow.table === wide.table &&
    JSON.stringify(narrow.on) === JSON.stringify(wide.on) &&
    refines(narrow.rule, wide.rule)
  );
}

/** The number of properties of a class. */
export const sizeOf = ({ roles, relations, lacks }: PrincipalClass): number =>
  roles.length + relations.length + lacks.length;

/** Whether every principal of the second class also belongs to the first. */
export function isWithin(small: PrincipalClass, large: PrincipalClass): boolean {
  const texts = new Set(large.relations.map((rule) => JSON.stringify(rule)));
  return (
    small.roles.every((role) => large.roles.includes(role)) &&
    small.lacks.every((claim) => large.lacks.includes(claim)) &&
    small.relations.every((rule) => texts.has(JSON.stringify(rule)))
  );
}
