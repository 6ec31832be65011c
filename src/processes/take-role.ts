import { ProblemError } from '../report/problem.ts';

/**
 * Makes sure that the login role may switch to the application's role. Since Postgres 16, the
 * creator of a role is a member of it but may not switch to it until it grants itself that right.
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
          message: `${login} may not switch to the role ${role}, which user requests run as.`,
          fix: `as a superuser: ${grant};`,
        },
        { cause: error },
      );
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}
