import assert from 'node:assert/strict';
import postgres from 'postgres';
import { migrate } from '../../src/migrations/index.ts';
import { migrationsFolder as folder, type Check } from './check.ts';

const id = (end: number): string => `00000000-0000-7000-8000-${String(end).padStart(12, '0')}`;
const now = '2026-01-01T00:00:00Z';
const PLANTED = `
  insert into account (id, name, created_at, updated_at) values ('${id(1)}', 'a', '${now}', '${now}'), ('${id(2)}', 'b', '${now}', '${now}');
  insert into packages (id, name, registry, deleted_at, created_at, updated_at) values
    ('${id(3)}', 'alive', 'npm', null, '${now}', '${now}'), ('${id(4)}', 'gone', 'npm', '${now}', '${now}', '${now}');
  insert into package_versions (id, package_id, version, sort_key, is_prerelease, created_at) values
    ('${id(5)}', '${id(3)}', '1.0.0', '1', false, '${now}'), ('${id(6)}', '${id(4)}', '1.0.0', '1', false, '${now}');
  insert into package_requests (id, package_name, registry, requested_by, is_auto_queued, depth, priority, status, attempt_count, run_at, created_at, updated_at)
    values ('${id(7)}', 'x', 'npm', '${id(1)}', false, 0, 50, 'pending', 0, '${now}', '${now}', '${now}')`;

/** The policies of the migrations, tested with the application role. */
export const gardenAccessChecks: readonly Check[] = [
  {
    name: 'policies and grants restrict reads and writes',
    async run({ server }) {
      const url = await server.createDatabase();
      await migrate(url, { folder });
      const sql = postgres(url, { max: 1, onnotice: () => undefined });
      const as = async (claims: object | undefined, query: string): Promise<unknown> => {
        try {
          return await sql.begin(async (tx) => {
            if (claims)
              await tx`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`;
            await tx`set local role garden_user`;
            const rows = await tx.unsafe(query);
            return rows.columns?.length ? Object.values(rows[0] ?? {})[0] : rows.count;
          });
        } catch (error) {
          return (error as { code?: string }).code;
        }
      };
      const [person, stranger] = [
        { sub: id(1), roles: [] },
        { sub: id(2), roles: [] },
      ];
      const [admin, worker] = [
        { sub: id(9), roles: ['admin'] },
        { sub: id(9), roles: ['worker'] },
      ];
      const count = (table: string): string => `select count(id)::int from ${table}`;
      try {
        await sql.unsafe(PLANTED);
        for (const [who, packages, versions, requests] of [
          [undefined, 1, 1, 0],
          [person, 1, 1, 1],
          [stranger, 1, 1, 0],
          [admin, 2, 2, 1],
          [worker, 2, 2, 1],
          [{ sub: 'nobody', roles: 'admin' }, 1, 1, 0],
        ] as const) {
          const seen = [
            await as(who, count('packages')),
            await as(who, count('package_versions')),
            await as(who, count('package_requests')),
          ];
          assert.deepEqual(seen, [packages, versions, requests], JSON.stringify(who));
        }
        const remove = `update packages set deleted_at = now() where id = '${id(3)}'`;
        assert.equal(await as(person, remove), 0);
        assert.equal(await as(admin, remove), 1);
        assert.equal(
          await as(admin, `update packages set deleted_at = null where id = '${id(3)}'`),
          1,
        );
        for (const forbidden of [
          'select locked_by from package_requests',
          'select * from package_requests',
          'truncate packages',
          `update packages set created_at = now()`,
          `update package_requests set requested_by = null`,
          'update package_requests set status = status returning locked_by',
          'delete from packages',
          `insert into tags (id, name, slug, created_at, updated_at) values ('${id(8)}', 't', 't', now(), now()) on conflict (id) do update set created_at = excluded.created_at`,
        ])
          assert.equal(await as(admin, forbidden), '42501', forbidden);
        assert.equal(
          await as(
            person,
            `insert into account (id, name, created_at, updated_at) values ('${id(2)}', 'stolen', now(), now()) on conflict (id) do update set name = 'stolen'`,
          ),
          '42501',
        );
        assert.equal(await as(person, `update account set name = 'stolen'`), 1);
      } finally {
        await sql.end();
      }
    },
  },
];
