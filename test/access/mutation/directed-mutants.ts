import { companionMutants } from './companion-mutants.ts';
import type { DirectedMutant } from './directed-mutant.ts';
import { policyMutants } from './policy-mutants.ts';
import { readMutants } from './read-mutants.ts';
import { writeMutants } from './write-mutants.ts';

/** Known mistakes in every enforcer of the access rules and in the generator. */
export const directedMutants: readonly DirectedMutant[] = [
  ...policyMutants,
  ...companionMutants,
  ...readMutants,
  ...writeMutants,
];
