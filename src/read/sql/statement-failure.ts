import { qualifiedName } from '../../model/table-id.ts';
import type { NamedPlace } from '../../report/place.ts';
import type { Finding } from '../../report/problem.ts';
import { createdObjects } from './created-objects.ts';
import { countLineBreaks } from './object-places.ts';
import type { SqlOffset, SqlStatement } from './split-sql.ts';

/** An error of Postgres for one statement. */
export interface SqlError {
  /** SQLSTATE. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The position in characters, from 1. */
  readonly position?: number;
}

/** Reads an error of the database; any other error is thrown again. */
export function sqlError(error: unknown): SqlError {
  if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) throw error;
  const position = Number(Reflect.get(error, 'position'));
  const hint: unknown = Reflect.get(error, 'hint');
  return {
    code: String(error.code),
    message: error.message,
    ...(typeof hint === 'string' && hint !== '' && { hint }),
    ...(position > 0 && { position }),
  };
}

const SYNTAX = '42601';
const UNDEFINED = new Set(['42P01', '42704', '42883', '42703', '3F000', '0A000']);

export const isSyntaxError = ({ code }: SqlError): boolean => code === SYNTAX;

/** The missing role of a statement that failed. */
export const missingRole = ({ code, message }: SqlError): string | undefined =>
  code === '42704' ? /^role "(.+)" does not exist$/.exec(message)?.[1] : undefined;

/** An object that could not be created, although its SQL may be correct. */
export interface Unjudged {
  readonly object: string;
  /** Without a full stop. */
  readonly reason: string;
  readonly places: readonly NamedPlace[];
}

/** A statement that was refused, with its file. */
export interface Refused {
  readonly file: string;
  readonly statement: SqlStatement;
  readonly error: SqlError;
}

/** The first object that a statement would create. */
function objectOf({ text }: SqlStatement): string | undefined {
  const [object] = createdObjects(text);
  if (object === undefined) return undefined;
  return qualifiedName(object, ...(object.within === undefined ? [] : [object.within]));
}

/** The line of the error, or of the statement. */
function lineOf({ text, line }: SqlStatement, { position = 1 }: SqlError): number {
  const before = Array.from(text.slice(0, position * 2))
    .slice(0, position - 1)
    .join('');
  return line + countLineBreaks(text, before.length);
}

export function failure({ file, statement, error }: Refused): Finding {
  const object = objectOf(statement);
  const end = statement.unclosed ? ' A quote or comment in it is never closed.' : '';
  return {
    severity: 'error',
    code: 'validate/statement-failed',
    ...(object !== undefined && { object }),
    message: `Postgres refuses the statement: ${error.message}.${end}`,
    places: [{ file, line: lineOf(statement, error) }],
    fix: error.hint ?? 'correct the statement; the objects that it would create are not judged.',
  };
}

const PGVECTOR = '@electric-sql/pglite-pgvector';

/** An extension that the database does not have. */
export function missingExtension(name: string, file: string, { line }: SqlOffset): Unjudged {
  const [why, fix] =
    name === 'vector'
      ? [`${PGVECTOR} is not installed`, `; run npm install -D ${PGVECTOR}`]
      : ['no installed package of PGlite has it', ''];
  const reason = `${why}, so the objects that need it are not judged${fix}`;
  return { object: `extension ${name}`, reason, places: [{ file, line }] };
}

/** Names that well-known extensions define. Any unknown name may belong to another extension. */
const PARTS: Readonly<Record<string, RegExp>> = {
  postgis: /geometry|geography|raster|box[23]d|\bst_|topology|spatial_ref|gist/i,
  pg_cron: /\bcron\b/,
  pg_net: /\bnet\b|http/,
  pg_graphql: /graphql/,
  pgjwt: /\bsign\b|\bverify\b/,
  pgmq: /pgmq/,
  pgsodium: /pgsodium|crypto/,
  supabase_vault: /vault|secret/,
  timescaledb: /hypertable|time_bucket|timescale|continuous|policy/,
};

/** The reason why a correct statement failed: an object that it needs is missing. */
export function consequence(
  { file, statement, error }: Refused,
  lost: ReadonlySet<string>,
  extensions: readonly string[],
): Unjudged | undefined {
  if (!UNDEFINED.has(error.code)) return undefined;
  const object = objectOf(statement) ?? statement.text.slice(0, 60).replaceAll(/\s+/g, ' ');
  const places = [{ file, line: statement.line }];
  const names = [...error.message.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
  const cause = names.find((name) => lost.has(name.replace(/^public\./, '')));
  if (cause !== undefined) {
    return { object, places, reason: `it needs ${cause}, which could not be created` };
  }
  if (extensions.length === 0 || error.code === '42703') return undefined;
  const likely = extensions.filter((name) => PARTS[name]?.test(error.message) ?? true);
  if (likely.length === 0) return undefined;
  const needed = likely.join(' or ');
  const reason = `it seems to need the extension ${needed}, which is not available: ${error.message}`;
  return { object, places, reason };
}

const BEGINNING = /^(?:create|alter|drop|comment\s+on|grant|revoke|insert|select|set|do|copy)\b/gim;

/**
 * The offset to continue at after a syntax error. A missing semicolon or an open quote hides the
 * statements after it, so the next line that looks like the start of a statement is used.
 */
export function nextBeginning({ text, start, line }: SqlStatement): SqlOffset | undefined {
  const bare = text.replaceAll(/(\$\w*\$)[\s\S]*?\1/g, (body) => body.replaceAll(/[^\n]/g, ' '));
  BEGINNING.lastIndex = 1;
  const at = BEGINNING.exec(bare)?.index;
  if (at === undefined) return undefined;
  return { start: start + at, line: line + countLineBreaks(text, at) };
}
