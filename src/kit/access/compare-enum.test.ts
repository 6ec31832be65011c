import { getTableConfig, pgEnum } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { ruleToSql } from '../../rules/rule-to-sql.ts';
import { readAccess } from '../../read/drizzle/read-access.ts';
import { and, defineAccess, eq, id, inList, isNull, ne, not, or, pgTable } from '../index.ts';

const { access } = defineAccess();
const stage = pgEnum('stage', ['open', 'done']);
const mode = pgEnum('mode', { Fast: 'fast', Slow: 'slow' });

test('an enum is compared with its labels, for equality', () => {
  const jobs = pgTable('jobs', { id: id(), stage: stage('stage'), mode: mode('mode') }, (t) => [
    ...access(t, {
      read: or(
        and(eq(t.stage, 'open'), ne(t.mode, 'slow' as never)),
        not(inList(t.stage, ['open', 'done'])),
        isNull(t.stage),
      ),
    }),
  ]).enableRLS();
  getTableConfig(jobs);
  const rules = readAccess({ jobs })?.rules;
  expect(rules?.tables['jobs']?.columns).toMatchObject({ stage: 'enum', mode: 'enum' });
  const { read } = rules?.tables['jobs'] ?? { read: { op: 'nobody' } };
  // As text, because a label cannot be used as an enum value in the transaction that adds it.
  expect(
    ruleToSql(read, {
      rules: rules ?? { claims: {}, tables: {} },
      column: (name) => name,
      claim: () => 'null',
    }),
  ).toBe(
    "((stage::text = 'open'::text and mode::text <> 'slow'::text) or stage::text not in ('open'::text, 'done'::text) or stage is null)",
  );
});
