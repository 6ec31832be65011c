import type { AccessRules, Claims } from '../../../src/model/rule.ts';
import type { Answer } from '../../../src/testing/access/answer-reading.ts';
import type { Database, Reading } from '../../../src/testing/access/world.ts';

export { readingAst } from '../../../src/testing/access/zero-query.ts';

/** Answers readings of a principal, by the rules of the current world. */
export interface ReadEnforcer {
  /** Replaces all rows. */
  load(rows: Database): Promise<void>;
  answer(rules: AccessRules, claims: Claims, reading: Reading): Promise<Answer>;
  close(): Promise<void>;
}
