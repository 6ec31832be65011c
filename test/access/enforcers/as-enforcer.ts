import type { Answer } from '../../../src/testing/access/answer-reading.ts';
import { attemptWrite } from '../../../src/testing/access/attempt-of.ts';
import type { Enforcer, Verdict } from '../../../src/testing/access/enforcer.ts';
import type { WriteEnforcer } from './mutation-guard.ts';
import type { ReadEnforcer } from './world-query.ts';

/** An enforcer that answers readings one by one. */
export function readingEnforcer(name: string, place: ReadEnforcer): Enforcer {
  return {
    name,
    async enter({ rules, rows }) {
      await place.load(rows);
      return {
        async read(claims, readings) {
          const answers: Answer[] = [];
          for (const reading of readings) answers.push(await place.answer(rules, claims, reading));
          return answers;
        },
        leave: async () => {},
      };
    },
  };
}

/** An enforcer that checks writes one by one. */
export function writingEnforcer(name: string, place: WriteEnforcer): Enforcer {
  return {
    name,
    async enter({ rules, rows }) {
      await place.load(rows);
      return {
        async write(claims, attempts) {
          const verdicts: Verdict[] = [];
          for (const attempt of attempts) {
            const allowed = await place.allows(rules, claims, attemptWrite(rules, attempt));
            verdicts.push(allowed ? 'allowed' : 'denied');
          }
          return verdicts;
        },
        leave: async () => {},
      };
    },
  };
}
