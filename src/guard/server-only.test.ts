import { expect, test } from 'vitest';
import type { AccessRules, Rule } from '../model/rule.ts';
import { AccessDenied } from './access-denied.ts';
import { guardSql } from './guard-sql.ts';

const anyone: Rule = { op: 'anyone' };
const rules = {
  claims: {
    sub: { type: 'uuid', path: ['sub'] },
    roles: { type: 'text[]', path: ['roles'] },
  },
  tables: {
    jobs: {
      table: 'jobs',
      key: ['id'],
      columns: { id: 'uuid' },
      read: anyone,
      insert: anyone,
      update: { from: anyone, to: anyone },
      delete: anyone,
      immutable: ['id'],
      serverOnly: ['locked_by'],
    },
  },
} as const satisfies AccessRules;

test.each(['insert', 'upsert', 'update'] as const)(
  '%s of a server-only column is refused before any query',
  async (operation) => {
    const asked: string[] = [];
    const query = (sql: string): Promise<never[]> => {
      asked.push(sql);
      return Promise.resolve([]);
    };
    const { mutate } = guardSql({ query }, rules, {});
    const refused = await mutate.jobs[operation]({ id: 'a', locked_by: 'me' }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(AccessDenied);
    expect(refused).toMatchObject({ table: 'jobs', rule: 'serverOnly', column: 'locked_by' });
    expect(asked).toEqual([]);
  },
);
