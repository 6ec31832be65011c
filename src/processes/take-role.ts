import { ProblemError } from '../report/problem.ts';

/**
 * Sees to it that the login may take the application's role. Since Postgres 16 whoever
 * makes a role belongs to it and may not take it; but may allow it to themselves.
 */
export async function takeRole(url: string, role: string): Promise<void> {
  const { default: postgres } = await import('postgres');
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [{ version, login }] = await sql<[{ version: number; login: string }]>`
      select current_setting('server_version_num')::int as version, quote_ident(current_user) as login`;
    const [how, setting] = version < 160_000 ? ['MEMBER', ''] : ['SET', ' with set true'];
    const grant = `grant ${role} to ${login}${setting}`;
    const [{ mayTake }] = await sql<[{ mayTake: boolean }]>`
      select pg_has_role(current_user, ${role}, ${how}) as "mayTake"`;
    if (mayTake) return;
    await sql.unsafe(grant).catch((error: unknown) => {
      throw new ProblemError(
        {
          code: 'stack/role',
          message: `${login} may not take the role ${role}, which people act as.`,
          fix: `as a superuser: ${grant};`,
        },
        { cause: error },
      );
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}
