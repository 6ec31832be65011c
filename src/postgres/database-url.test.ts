import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatProblem } from '../report/format-problem.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { problemOf } from '../migrations/expect-problem.fixture.ts';

describe('parseDatabaseUrl', () => {
  test('shows user, host, port and database, and no password', () => {
    expect(
      parseDatabaseUrl(' postgresql://ada:s%40crt@db.example/my%20app?sslmode=require '),
    ).toMatchObject({
      place: 'ada@db.example:5432/my app',
      database: 'my app',
    });
  });

  test('drops options of libpq, which the driver would send to the server', () => {
    const { href } = parseDatabaseUrl('postgres://a@h/d?sslmode=require&channel_binding=require');
    expect(href).toBe('postgres://a@h/d?sslmode=require');
  });

  test('reads connect_timeout as seconds', () => {
    expect(parseDatabaseUrl('postgres://h/d?connect_timeout=3').connectTimeout).toBe(3000);
    expect(parseDatabaseUrl('postgres://h/d?connect_timeout=0').connectTimeout).toBe(10_000);
  });

  test.each([
    ['', 'database/no-url', 'is empty'],
    ['  ', 'database/no-url', 'is empty'],
    ['localhost/db', 'database/bad-url', 'does not begin with'],
    ['mysql://u:secret@h/db', 'database/bad-url', 'does not begin with'],
    ['postgres://u:secret@h', 'database/bad-url', 'names no database'],
    ['postgres://u:secret@h/', 'database/bad-url', 'names no database'],
    ['postgres:///db', 'database/bad-url', 'names no host'],
    ['postgres://u:secret@h:port/db', 'database/bad-url', 'is not a valid URL'],
    ['postgres://u:secret@a:1,b:2/db', 'database/bad-url', 'several hosts'],
    ['postgres://u:100%secret@h/db', 'database/bad-url', 'is not an escape'],
  ])('%j is refused: %s', async (url, code, message) => {
    const problem = await problemOf(() => parseDatabaseUrl(url, 'DATABASE_URL'));
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(/^DATABASE_URL /);
    expect(problem.message).toContain(message);
    expect(formatProblem(problem)).not.toContain('secret');
  });

  test('no message shows the password, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 8 }), async (noise) => {
        const password = `Xq7${noise}Xq7`;
        try {
          expect(parseDatabaseUrl(`postgres://ada:${encodeURIComponent(password)}@h/d`).place).toBe(
            'ada@h:5432/d',
          );
          parseDatabaseUrl(`postgres://ada:${password}@h/d`);
        } catch (error) {
          const text = formatProblem(await problemOf(() => Promise.reject(error)));
          expect(text).not.toContain('Xq7');
        }
      }),
    );
  });
});
