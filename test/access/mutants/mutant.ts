import type { AccessRules, Claims } from '../../../src/model/rule.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';

/** A mistake that an enforcer could make, made by changing what it is given. */
export interface Mutant {
  readonly name: string;
  /** It shows in what is written; what is read would give it away for another reason. */
  readonly inWrites?: true;
  /** The rules that it goes by instead. */
  rules?(rules: AccessRules): AccessRules;
  /** The claims that it takes the principal to have. */
  claims?(claims: Claims, rules: AccessRules): Claims;
}

/** An enforcer that makes the mistake. */
export function mutated(enforcer: Enforcer, mutant: Mutant): Enforcer {
  return {
    name: `${enforcer.name} (${mutant.name})`,
    async enter(world) {
      const rules = mutant.rules?.(world.rules) ?? world.rules;
      const { read, write, leave } = await enforcer.enter({ ...world, rules });
      const taken = (claims: Claims): Claims => mutant.claims?.(claims, world.rules) ?? claims;
      return {
        ...(read && !mutant.inWrites
          ? { read: (claims, readings) => read(taken(claims), readings) }
          : {}),
        ...(write ? { write: (claims, attempts) => write(taken(claims), attempts) } : {}),
        leave,
      };
    },
  };
}
