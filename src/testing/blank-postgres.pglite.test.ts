import { expect, test } from 'vitest';
import { blankPostgres } from './blank-postgres.fixture.ts';

test('a kept dump is a complete database without the template databases', async () => {
  const client = await blankPostgres();
  try {
    const { rows } = await client.query('select datname from pg_database');
    expect(rows).toEqual([{ datname: 'postgres' }]);
    await client.exec('create table t (n int primary key); insert into t values (1)');
    await client.exec('vacuum analyze');
    expect((await client.query('select n from t')).rows).toEqual([{ n: 1 }]);
  } finally {
    await client.close();
  }
});
