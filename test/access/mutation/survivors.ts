import type { Mutation } from './mutate-source.ts';

/** Why a mutant is not killed. */
export interface Judgement {
  /** `equivalent`: no input shows a difference. `gap`: a difference that no test shows. */
  readonly kind: 'equivalent' | 'gap';
  readonly reason: string;
}

type Known = readonly [kind: Judgement['kind'], file: string, change: string, reason: string];

/** Judged mutants. The change is `kind [text]`, as `npm run mutants:random` prints it. */
const KNOWN: readonly Known[] = [];

/** The judgement of a survivor; `undefined` if nobody has judged it. */
export function judgementOf({ file, kind, text }: Mutation): Judgement | undefined {
  const found = KNOWN.find(
    ([, knownFile, change]) => file.endsWith(knownFile) && change === `${kind} [${text}]`,
  );
  return found && { kind: found[0], reason: found[3] };
}
