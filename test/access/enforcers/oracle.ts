import { answerReading } from '../../../src/testing/access/answer-reading.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';
import { allowsAttempt } from '../../../src/testing/access/oracle.ts';

/** The oracle as an enforcer: agrees with itself, unless its input is changed. */
export const oracle: Enforcer = {
  name: 'oracle',
  async enter({ rules, rows }) {
    return {
      read: async (claims, readings) =>
        readings.map((reading) => answerReading(rules, claims, rows, reading)),
      write: async (claims, attempts) =>
        attempts.map((attempt) =>
          allowsAttempt({ rules, claims, db: rows }, attempt) ? 'allowed' : 'denied',
        ),
      leave: async () => {},
    };
  },
};
