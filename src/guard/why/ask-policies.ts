import { sql } from 'drizzle-orm';
import { databaseFailure, isPolicyRefusal } from '../database-failure.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import type { Access } from '../../model/access.ts';
import { quoteTable } from '../../model/quote-sql.ts';
import type { Claims, Operation } from '../../model/rule.ts';
import { deleteSql, insertSql, keyCondition, updateSql, type AskedRow } from './asked-row.ts';
import { rolledBack } from './rolled-back.ts';
import { failureVerdict, type Verdict } from './verdict.ts';

/** The role that the requests of a principal run as. */
export const roleOf = ({ preset, roles }: Access, claims: Claims): string =>
  (preset === 'supabase' && 'sub' in claims ? 'authenticated' : roles[0]) ?? '';

/**
 * Runs the operation as the application's role with the claims, and undoes it. For an insert, the
 * row must not exist.
 */
export async function askPolicies(
  db: AnyDatabase,
  asked: AskedRow,
  operation: Operation,
): Promise<Verdict> {
  const statement = statementOf(asked, operation);
  if (statement === undefined) return { because: 'no column can be changed' };
  try {
    const found = await rolledBack(db, async (tx) => {
      await enter(tx, asked);
      return rowsOf<object>(tx, sql.raw(statement));
    });
    // An insert without RETURNING, which would require `read`, returns no row.
    return operation === 'insert' || found.length > 0
      ? { allows: true, because: 'no policy refuses it' }
      : { allows: false, because: 'the policies hide the row' };
  } catch (error) {
    const failure = databaseFailure(error);
    if (failure?.code !== '42501') return failureVerdict(error);
    return {
      allows: false,
      because: isPolicyRefusal(failure)
        ? 'a policy refuses the row'
        : 'the role lacks the privilege',
    };
  }
}

function statementOf(asked: AskedRow, operation: Operation): string | undefined {
  switch (operation) {
    case 'read':
      return `select true as done from ${quoteTable(asked.table.id)} where ${keyCondition(asked)}`;
    case 'insert':
      return insertSql(asked, true);
    case 'update': {
      const update = updateSql(asked);
      return update && `${update} returning true as done`;
    }
    case 'delete':
      return `${deleteSql(asked)} returning true as done`;
  }
}

/** Switches to the application's role with the principal's claims until the transaction ends. */
export async function enter(
  tx: AnyDatabase,
  { access, claims }: Pick<AskedRow, 'access' | 'claims'>,
): Promise<void> {
  // Without claims, a server sets no token.
  const token = Object.keys(claims).length === 0 ? '' : JSON.stringify(claims);
  await tx.execute(
    sql`select set_config('request.jwt.claims', ${token}::text, true), set_config('role', ${roleOf(access, claims)}::text, true)`,
  );
}
