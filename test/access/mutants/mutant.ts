import type { AccessRules, Claims } from '../../../src/model/rule.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';

/** A possible mistake of an enforcer, simulated by changing its input. */
export interface Mutant {
  readonly name: string;
  /** Only writes are compared, because reads would fail for another reason. */
  readonly inWrites?: true;
  /** The rules that the mutant uses instead. */
  rules?(rules: AccessRules): AccessRules;
  /** The claims that the mutant uses instead. */
  claims?(claims: Claims, rules: AccessRules): Claims;
}

/** An enforcer with the mistake. */
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
