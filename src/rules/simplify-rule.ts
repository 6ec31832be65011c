import type { AccessRules, Claims, Comparison, Rule } from '../model/rule.ts';
import { claimsUsed, expandExists } from './expand-rule.ts';
import { readClaim, type ClaimContent } from '../model/read-claim.ts';

/** A principal, whose claims replace the claims in a rule. */
export interface Principal {
  readonly rules: AccessRules;
  readonly claims: Claims;
}

const ANYONE: Rule = { op: 'anyone' };
const NOBODY: Rule = { op: 'nobody' };

/**
 * A shorter rule that is true for the same rows: `not` is pushed down to the single
 * conditions and lookups, constants are folded, and repeated conditions are left out.
 *
 * With a principal, the result reads no claim and refers to no rule of another table:
 * `anyone` if the rule is always true, `nobody` if it never is, and otherwise the conditions
 * on the row that remain.
 */
export function simplifyRule(rule: Rule, principal?: Principal): Rule {
  return simplify(rule, true, principal);
}

const constant = (value: boolean): Rule => (value ? ANYONE : NOBODY);

function simplify(rule: Rule, holds: boolean, principal: Principal | undefined): Rule {
  const signed = (part: Rule): Rule => (holds ? part : { op: 'not', rule: part });
  switch (rule.op) {
    case 'anyone':
      return constant(holds);
    case 'nobody':
      return constant(!holds);
    case 'not':
      return simplify(rule.rule, !holds, principal);
    case 'and':
    case 'or':
      return joinRules(
        (rule.op === 'and') === holds ? 'and' : 'or',
        rule.rules.map((part) => simplify(part, holds, principal)),
      );
    case 'role': {
      if (!principal) return signed(rule);
      const roles = contentOf('roles', principal);
      // A missing claim is unknown, and so is its negation: neither allows.
      if (!Array.isArray(roles)) return NOBODY;
      return constant(roles.includes(rule.role) === holds);
    }
    case 'authenticated':
      return principal
        ? constant((contentOf('sub', principal) !== undefined) === holds)
        : signed(rule);
    case 'compare':
      return simplifyCompare(rule, holds, principal);
    case 'in':
      return simplifyIn(rule, holds, principal);
    case 'null':
      return signed(rule);
    case 'exists':
    case 'can':
      return principal
        ? simplifyExists(rule, holds, principal)
        : signed(holds && rule.op === 'exists' ? { ...rule, rule: simplifyRule(rule.rule) } : rule);
  }
}

const contentOf = (claim: string, { rules, claims }: Principal): ClaimContent | undefined => {
  const declaration = rules.claims[claim];
  return declaration && readClaim(declaration, claims);
};

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

function simplifyCompare(
  rule: Extract<Rule, { op: 'compare' }>,
  holds: boolean,
  principal: Principal | undefined,
): Rule {
  const signed = { ...rule, with: holds ? rule.with : OPPOSITE[rule.with] };
  const { value } = rule;
  if (!principal || 'literal' in value) return signed;
  const literal = contentOf(value.claim, principal);
  if (literal === undefined || typeof literal === 'object') return NOBODY;
  return { ...signed, value: { literal, type: value.type } };
}

function simplifyIn(
  rule: Extract<Rule, { op: 'in' }>,
  holds: boolean,
  principal: Principal | undefined,
): Rule {
  if (!principal) return holds ? rule : { op: 'not', rule };
  const { column, values } = rule;
  const literals = 'claim' in values ? contentOf(values.claim, principal) : values.literals;
  if (!Array.isArray(literals)) return NOBODY;
  // NULL is neither in an empty list nor outside it.
  if (literals.length === 0) return holds ? NOBODY : { op: 'not', rule: { op: 'null', column } };
  const list: Rule = { op: 'in', column, values: { literals, type: values.type } };
  return holds ? list : { op: 'not', rule: list };
}

function simplifyExists(
  rule: Extract<Rule, { op: 'exists' | 'can' }>,
  holds: boolean,
  principal: Principal,
): Rule {
  const raw = expandExists(rule, principal.rules);
  const isMissing = ({ claim }: { readonly claim: string }): boolean =>
    contentOf(claim, principal) === undefined;
  // A negation is never true because a claim is missing.
  if (!holds && claimsUsed(raw.rule, principal.rules).some(isMissing)) return NOBODY;
  const inner = simplify(raw.rule, true, principal);
  if (inner.op === 'nobody') return constant(!holds);
  const found: Rule = { ...raw, rule: inner };
  return holds ? found : { op: 'not', rule: found };
}

/** Joins rules by `and` or `or`, without constants and without parts that others imply. */
export function joinRules(op: 'and' | 'or', rules: readonly Rule[]): Rule {
  const [absorbing, neutral] = op === 'and' ? [NOBODY, ANYONE] : [ANYONE, NOBODY];
  const flat = rules.flatMap((part) => (part.op === op ? part.rules : [part]));
  if (flat.some((part) => part.op === absorbing.op)) return absorbing;
  const byText = new Map(
    flat
      .filter((part) => part.op !== neutral.op)
      .map((part) => [JSON.stringify(part), part] as const),
  );
  // `a and (a or b)` is `a`, and `a or (a and b)` too.
  const other = op === 'and' ? 'or' : 'and';
  const parts = [...byText.values()].filter(
    (part) => part.op !== other || !part.rules.some((one) => byText.has(JSON.stringify(one))),
  );
  const [first] = parts;
  if (first === undefined) return neutral;
  return parts.length === 1 ? first : { op, rules: parts };
}
