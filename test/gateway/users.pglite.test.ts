import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createUser,
  deleteExpiredSessions,
  getUserById,
  getUsersByRole,
  isPassword,
  sessionTokens,
  setUserRole,
  signIn,
  upsertUsers,
} from '../../src/apps/gateway/server/index.ts';
import { createUserInput } from '../../src/apps/gateway/zod/index.ts';
import { newId } from '../../src/kit/index.ts';
import { ADA, BEN, openGateway, refusedBy } from './open-gateway.ts';

let gateway: Awaited<ReturnType<typeof openGateway>>;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const input = {
  email: ' Dora@Example.com ',
  name: 'Dora',
  role: 'developer',
  password: 'correct horse',
  confirmPassword: 'correct horse',
} as const;

describe('the tables', () => {
  test('exist with the names of the guide', async () => {
    const tables = await gateway.query(
      `select table_name from information_schema.tables where table_schema = 'public'`,
    );
    for (const name of ['users', 'mcp_servers', 'server_requests', 'users_organizations']) {
      expect(tables).toContainEqual({ table_name: name });
    }
  });

  test('an e-mail address is unique', async () => {
    const insert = `insert into users (id, email, name, role, created_at, updated_at)
      values (gen_random_uuid(), 'ada@example.com', 'Duplicate', 'viewer', now(), now())`;
    await expect(gateway.query(insert)).rejects.toMatchObject(refusedBy('users_email_unique'));
  });

  test('deleting a user deletes their sessions, and keeps their servers and audit logs', async () => {
    await gateway.query(`update users set password_hash = null`);
    await sessionTokens.issue(gateway.db, {
      id: newId(),
      userId: ADA,
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    await gateway.query(`insert into audit_logs (id, action, actor_id, timestamp)
      values (gen_random_uuid(), 'server.created', '${ADA}', now())`);
    await gateway.query(`delete from users where id = '${ADA}'`);
    expect(await gateway.query('select from sessions')).toEqual([]);
    expect(
      await gateway.query('select distinct created_by from mcp_servers where name = $$files$$'),
    ).toEqual([{ created_by: null }]);
    expect(await gateway.query('select actor_id from audit_logs')).toEqual([{ actor_id: ADA }]);
  });
});

describe('createUser', () => {
  test('writes the user, the preferences and the audit log, and only a hash', async () => {
    const user = await createUser(gateway.db, input, { actorId: ADA });
    expect(user).toMatchObject({ email: 'dora@example.com', name: 'Dora', role: 'developer' });
    expect(user).not.toHaveProperty('passwordHash');
    expect(await getUserById(gateway.db, { id: user.id })).toEqual([user]);
    expect(
      await gateway.query(
        `select theme, notifications from user_preferences where user_id = '${user.id}'`,
      ),
    ).toEqual([{ theme: 'light', notifications: true }]);
    expect(await gateway.query('select action, actor_id, target_id from audit_logs')).toEqual([
      { action: 'user.created', actor_id: ADA, target_id: user.id },
    ]);
    const [row] = await gateway.query(
      `select u.password_hash, r.name as role_name from users u join roles r on r.id = role_id where u.id = '${user.id}'`,
    );
    expect(row?.['role_name']).toBe('developer');
    expect(row?.['password_hash']).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(await isPassword(input.password, String(row?.['password_hash']))).toBe(true);
  });

  test.each([
    ['user_preferences', `notifications = false`],
    ['audit_logs', `action <> 'user.created'`],
  ])('writes nothing if %s refuses its row', async (table, condition) => {
    await gateway.client.exec(`alter table ${table} add constraint refuse check (${condition})`);
    try {
      await expect(createUser(gateway.db, input, { actorId: ADA })).rejects.toMatchObject(
        refusedBy('refuse'),
      );
    } finally {
      await gateway.client.exec(`alter table ${table} drop constraint refuse`);
    }
    expect(await gateway.query(`select from users where name = 'Dora'`)).toEqual([]);
    expect(await gateway.query('select from user_preferences')).toEqual([]);
    expect(await gateway.query('select from audit_logs')).toEqual([]);
  });

  test('a user request cannot read or write the hash', async () => {
    for (const statement of [
      'select password_hash from users',
      `update users set password_hash = null where id = '${ADA}'`,
    ]) {
      await expect(gateway.queryAs(ADA, statement, ['admin'])).rejects.toMatchObject(
        refusedBy('42501'),
      );
    }
  });

  test.each([
    ['another confirmation', { confirmPassword: 'correct hors' }, ['confirmPassword']],
    ['a short password', { password: 'short', confirmPassword: 'short' }, ['password']],
    ['no e-mail address', { email: 'dora' }, ['email']],
    ['an unknown role', { role: 'owner' }, ['role']],
    ['a blank name', { name: ' ' }, ['name']],
    ['a NUL character', { name: 'a\0b' }, ['name']],
  ])('%s is refused', (_, change, path) => {
    const { error } = createUserInput.safeParse({ ...input, ...change });
    expect(error?.issues[0]?.path).toEqual(path);
  });

  test('a long password of 10 MB is refused before it is hashed', () => {
    const password = 'x'.repeat(10_000_000);
    expect(
      createUserInput.safeParse({ ...input, password, confirmPassword: password }).success,
    ).toBe(false);
  });
});

describe('sessions', () => {
  test('a session starts with the right password only', async () => {
    const user = await createUser(gateway.db, input, { actorId: null });
    const started = await signIn(gateway.db, {
      email: 'DORA@example.com',
      password: input.password,
    });
    expect(started?.session.userId).toBe(user.id);
    expect((await sessionTokens.verify(gateway.db, started?.token))?.userId).toBe(user.id);
    // As the backend, in Python or any other language, verifies it.
    const verified = await gateway.asBackend((tx) => sessionTokens.verify(tx, started?.token));
    expect(verified?.userId).toBe(user.id);
    for (const wrong of [
      { email: 'dora@example.com', password: 'wrong horse' },
      { email: 'nobody@example.com', password: input.password },
      { email: 'ada@example.com', password: input.password },
      { email: 'dora@example.com\0', password: input.password },
      { email: 'dora@example.com', password: 'x'.repeat(10_000_000) },
    ]) {
      expect(await signIn(gateway.db, wrong)).toBeUndefined();
    }
  });

  test('an expired token, and one that was rotated twice, are refused', async () => {
    const at = { createdAt: new Date(), updatedAt: new Date() };
    const { token, row } = await sessionTokens.issue(gateway.db, {
      id: newId(),
      userId: BEN,
      ...at,
    });
    const second = await sessionTokens.rotate(gateway.db, token);
    const third = await sessionTokens.rotate(gateway.db, second?.token);
    expect(await sessionTokens.verify(gateway.db, token)).toBeUndefined();
    expect(await sessionTokens.rotate(gateway.db, second?.token)).toBeUndefined();
    expect((await sessionTokens.verify(gateway.db, third?.token))?.id).toBe(row.id);
    await gateway.query('update sessions set token_expires_at = now()');
    expect(await sessionTokens.verify(gateway.db, third?.token)).toBeUndefined();
    expect(await deleteExpiredSessions(gateway.db)).toBe(1);
  });

  test('a user reads and ends their own sessions, without the hash', async () => {
    await sessionTokens.issue(gateway.db, {
      id: newId(),
      userId: BEN,
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    expect(await gateway.queryAs(BEN, 'select user_id from sessions')).toEqual([{ user_id: BEN }]);
    expect(await gateway.queryAs(ADA, 'select user_id from sessions', ['admin'])).toEqual([]);
    await expect(gateway.queryAs(BEN, 'select token_hash from sessions')).rejects.toMatchObject(
      refusedBy('42501'),
    );
    await gateway.queryAs(BEN, 'delete from sessions where id = id');
    expect(await gateway.query('select from sessions')).toEqual([]);
  });
});

describe('roles and batches', () => {
  test('only the server changes a role, and logs it', async () => {
    await expect(
      gateway.queryAs(BEN, `update users set role = 'admin' where id = '${BEN}'`),
    ).rejects.toMatchObject(refusedBy('42501'));
    expect(await setUserRole(gateway.db, { userId: BEN, role: 'manager' }, { actorId: ADA })).toBe(
      true,
    );
    expect(
      await setUserRole(gateway.db, { userId: newId(), role: 'guest' }, { actorId: ADA }),
    ).toBe(false);
    const managers = await getUsersByRole(gateway.db, { role: 'manager', limit: 10 });
    expect(managers.map(({ id }) => id)).toEqual([BEN]);
    expect(await gateway.query('select action, details from audit_logs')).toEqual([
      { action: 'user.role.changed', details: { from: 'viewer', to: 'manager' } },
    ]);
    await expect(gateway.queryAs(ADA, 'delete from audit_logs', ['admin'])).rejects.toMatchObject(
      refusedBy('42501'),
    );
  });

  test('a batch inserts and renames, also with an address twice and 2,500 rows', async () => {
    const at = { createdAt: new Date(), updatedAt: new Date() };
    const row = (email: string, name: string) =>
      ({ id: newId(), email, name, role: 'guest', ...at }) as const;
    const rows = [
      row('ada@example.com', 'Ada Renamed'),
      ...Array.from({ length: 2_500 }, (_, index) => row(`u${index}@example.com`, `U${index}`)),
      row('u7@example.com', 'Last'),
    ];
    const written = await upsertUsers(gateway.db, rows);
    expect(written).toHaveLength(2_501);
    expect(written.find(({ email }) => email === 'ada@example.com')).toMatchObject({
      id: ADA,
      name: 'Ada Renamed',
      role: 'admin',
    });
    expect(written.find(({ email }) => email === 'u7@example.com')?.name).toBe('Last');
    const bad = [row('new@example.com', 'New'), row('no address', 'Bad')];
    await expect(upsertUsers(gateway.db, bad)).rejects.toMatchObject(
      refusedBy('users_email_check'),
    );
    expect(await gateway.query(`select from users where name = 'New'`)).toEqual([]);
  });
});
