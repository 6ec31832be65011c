/** How a statement of an SQL file is handled. */
export type StatementKind =
  /** Runs in a transaction with other statements. */
  | 'schema'
  /** Runs alone, because Postgres refuses it in such a transaction. */
  | 'alone'
  /** Rows, transactions and settings of the server, which are not part of a schema. */
  | 'skipped';

const SKIPPED = [
  'insert',
  'update',
  'delete',
  'merge',
  'truncate',
  'copy',
  'explain',
  'lock',
  'begin',
  'start transaction',
  'commit',
  'end',
  'rollback',
  'abort',
  'savepoint',
  'release',
  'prepare transaction',
  'set transaction',
  'set role',
  'set session authorization',
  'set client_encoding',
  'reset',
  'discard',
  'vacuum',
  'analyze',
  'checkpoint',
  'cluster',
  'reindex',
  'refresh',
  'listen',
  'notify',
  'create database',
  'alter database',
  'drop database',
  'create tablespace',
  'alter system',
  'create subscription',
  'alter subscription',
  'security label',
  'create schema public',
];

const pattern = (phrases: readonly string[]): RegExp =>
  new RegExp(
    `^(?:${phrases.map((one) => one.replaceAll(' ', String.raw`\s+`)).join('|')})\\b`,
    'i',
  );

const skipped = pattern(SKIPPED);
const alone = /\bconcurrently\b/i;

/** Classifies a statement by its first words. */
export function statementKind(text: string): StatementKind {
  if (skipped.test(text)) return 'skipped';
  return alone.test(text.slice(0, 500)) ? 'alone' : 'schema';
}

const EXTENSION =
  /^create\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"(?<quoted>[^"]+)"|(?<plain>[\w-]+))/i;

/** The extension that a statement creates. */
export function createdExtension(text: string): string | undefined {
  const { quoted, plain } = EXTENSION.exec(text)?.groups ?? {};
  return quoted ?? plain?.toLowerCase();
}
