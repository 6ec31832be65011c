import type { AccessRules, Claims } from '../../../src/model/rule.ts';
import type { Answer } from '../../../src/testing/access/answer-reading.ts';
import type { Database, Reading } from '../../../src/testing/access/world.ts';

export { readingAst } from '../../../src/testing/access/zero-query.ts';

/** What answers readings for a principal, by rules that change from world to world. */
export interface ReadEnforcer {
  /** Puts these rows in the place of all others. */
  load(rows: Database): Promise<void>;
  answer(rules: AccessRules, claims: Claims, reading: Reading): Promise<Answer>;
  close(): Promise<void>;
}
