import { expect, test } from 'vitest';
import { databaseFailure, isConflict, isOutage, isPolicyRefusal } from './database-failure.ts';

const failed = (properties: object, message = 'failed'): Error =>
  Object.assign(new Error(message), properties);

test('the failure of the database is found among the causes', () => {
  const cause = failed({ code: '23505', constraint: 'notes_pkey', routine: '_bt_check_unique' });
  expect(databaseFailure(new Error('mutator', { cause }))).toEqual({
    code: '23505',
    constraint: 'notes_pkey',
    routine: '_bt_check_unique',
  });
  // As postgres.js names it.
  expect(databaseFailure(failed({ code: '23505', constraint_name: 'a' }))?.constraint).toBe('a');
});

test('an error without the code of a database is no failure of it', () => {
  expect(databaseFailure(failed({}))).toBeUndefined();
  expect(databaseFailure(failed({ code: '' }))).toBeUndefined();
  // An aborted request has a number as its code.
  const aborted = new DOMException('aborted', 'AbortError');
  expect(aborted.code).toBe(20);
  expect(databaseFailure(aborted)).toBeUndefined();
});

test('pg reports a closed connection only in the message', () => {
  expect(databaseFailure(failed({}, 'Connection terminated unexpectedly'))?.code).toBe(
    'CONNECTION_TERMINATED',
  );
  const coded = failed({ code: '57P01' }, 'Connection terminated by the administrator');
  expect(databaseFailure(coded)?.code).toBe('57P01');
});

test.each([
  [{ code: '42501', routine: 'ExecWithCheckOptions' }, 'policy'],
  [{ code: '42501', routine: 'aclcheck_error' }, 'none'],
  [{ code: '44000', routine: 'ExecWithCheckOptions' }, 'none'],
  [{ code: '40001', routine: undefined }, 'conflict'],
  [{ code: '40P01', routine: undefined }, 'conflict'],
  [{ code: '0A000', routine: 'RevalidateCachedQuery' }, 'conflict'],
  [{ code: '0A000', routine: 'other' }, 'none'],
  [{ code: 'ECONNREFUSED', routine: undefined }, 'outage'],
  [{ code: '53300', routine: undefined }, 'outage'],
  [{ code: '57P03', routine: undefined }, 'outage'],
])('%j is a failure of the kind %s', (found, kind) => {
  const failure = { constraint: undefined, ...found };
  expect([isPolicyRefusal(failure), isConflict(failure), isOutage(failure)]).toEqual([
    kind === 'policy',
    kind === 'conflict',
    kind === 'outage',
  ]);
});
