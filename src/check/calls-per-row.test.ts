import { expect, test } from 'vitest';
import { CLAIM_READERS } from '../rules/claim-sql.ts';
import { callsPerRow } from './calls-per-row.ts';

test.each(Object.values(CLAIM_READERS))(
  '%s is called once per statement, in a subquery',
  (name) => {
    expect(callsPerRow(`owner = access.${name}('{sub}')`)).toEqual([`access.${name}`]);
    expect(callsPerRow(`owner = (select "access"."${name}"('{sub}'))`)).toEqual([]);
    expect(callsPerRow(`owner = ( SELECT access.${name}('{sub}'::text[]) AS ${name})`)).toEqual([]);
  },
);
