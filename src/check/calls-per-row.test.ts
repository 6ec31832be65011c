import { expect, test } from 'vitest';
import { CLAIM_READERS } from '../rules/claim-sql.ts';
import { callsPerRow, sessionFunctions } from './calls-per-row.ts';

const known = sessionFunctions([]);

test.each(Object.values(CLAIM_READERS))(
  '%s is called once per statement, in a subquery',
  (name) => {
    expect(callsPerRow(`owner = access.${name}('{sub}')`, known)).toEqual([`access.${name}`]);
    expect(callsPerRow(`owner = (select "access"."${name}"('{sub}'))`, known)).toEqual([]);
    expect(
      callsPerRow(`owner = ( SELECT access.${name}('{sub}'::text[]) AS ${name})`, known),
    ).toEqual([]);
  },
);

test('further functions are found with and without the schema public', () => {
  const own = sessionFunctions(['app.tenant', 'me', 'public.team']);
  const sql = `a = app.tenant() and b = Me() and c = "public"."me"() and d = team() and e = app.me()`;
  expect(callsPerRow(sql, own)).toEqual(['app.tenant', 'me', 'public.me', 'team']);
  expect(callsPerRow(sql, known)).toEqual([]);
});

test('a comment calls nothing', () => {
  expect(callsPerRow(`a = 1 -- auth.uid()\n and /* auth.role() */ b = auth.jwt()`, known)).toEqual([
    'auth.jwt',
  ]);
});
