import { quoteBody, quoteName, quoteText } from '../../model/quote-sql.ts';
import { sequenceChanges, type SequenceChange } from './sequence-changes.ts';

/**
 * Replaces drizzle-kit's statements for columns that become, or stop being, a serial or an
 * identity. Postgres refuses them, or they keep the default and the sequence of a serial. The new
 * sequence continues after the old one and after the rows.
 */
export function mendSequences(
  statements: readonly string[],
  recorded: unknown,
  wanted: unknown,
): readonly string[] {
  return sequenceChanges(recorded, wanted).reduce(mendChange, statements);
}

function mendChange(statements: readonly string[], change: SequenceChange): readonly string[] {
  const { schema, table, column, to } = change;
  // drizzle-kit does not escape names.
  const on = `ALTER TABLE ${schema === '' ? '' : `"${schema}".`}"${table}" ALTER COLUMN "${column}" `;
  const find = (action: string): string | undefined =>
    statements.find((statement) => statement.startsWith(`${on}${action}`));
  const [type, added, dropped] = ['SET DATA TYPE ', 'ADD GENERATED ', 'DROP IDENTITY'].map(find);
  const replaced = new Set([type, added, dropped]);
  const first = statements.findIndex((statement) => replaced.has(statement));
  if (first === -1) return statements;
  const resize = typeStatement(change, on, type);
  const notNull =
    change.wasNullable && find('SET NOT NULL') === undefined ? [`${on}SET NOT NULL;`] : [];
  const mended =
    to === 'none'
      ? [...dropSerial(change, on), ...resize]
      : [...resize, ...notNull, continueSequence(change, on, added)];
  const others = (list: readonly string[]) => list.filter((one) => !replaced.has(one));
  return [...others(statements.slice(0, first)), ...mended, ...others(statements.slice(first))];
}

function typeStatement(
  { oldType, newType, to }: SequenceChange,
  on: string,
  written: string | undefined,
): readonly string[] {
  if (oldType === newType) return [];
  if (to === 'serial') return [`${on}SET DATA TYPE ${newType};`];
  return written === undefined ? [] : [written];
}

const sequenceOf = ({ schema, table, column }: SequenceChange): string =>
  `pg_get_serial_sequence(${quoteText(nameOf(schema, table))}, ${quoteText(column)})`;

const nameOf = (schema: string, ...names: readonly string[]): string =>
  quoteName(...(schema === '' ? names : [schema, ...names]));

const dropSerial = (change: SequenceChange, on: string): readonly string[] => [
  `${on}DROP DEFAULT;`,
  block(`begin
  execute 'drop sequence if exists ' || ${sequenceOf(change)};
end`),
];

/** drizzle-kit joins statements with breakpoints and lets each end with a line. */
const block = (body: string): string => `DO ${quoteBody(body)};`;

function continueSequence(change: SequenceChange, on: string, added: string | undefined): string {
  const { schema, table, column, from, to, newType } = change;
  if (from === to) {
    return block(`begin
  execute format('alter sequence %s as ${newType}', ${sequenceOf(change)});
end`);
  }
  const name = nameOf(schema, table);
  const serial = nameOf(schema, `${table}_${column}_seq`);
  const remove = {
    serial: `${on}DROP DEFAULT;
  execute 'drop sequence if exists ' || ${sequenceOf(change)};`,
    identity: `${on}DROP IDENTITY;`,
    none: '',
  }[from];
  const create =
    to === 'identity'
      ? (added ?? '')
      : `CREATE SEQUENCE ${serial} AS ${newType} OWNED BY ${name}.${quoteName(column)};
  ${on}SET DEFAULT nextval(${quoteText(serial)});`;
  return block(`declare
  next_value bigint${from === 'none' ? '' : ` := nextval(${sequenceOf(change)})`};
  is_forced boolean := (select relforcerowsecurity from pg_class where oid = ${quoteText(name)}::regclass);
begin
  -- Forced row-level security would hide rows from the owner.
  ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY;
  next_value := greatest(next_value, (select max(${quoteName(column)}) + 1 from ${name}));
  if is_forced then
    ALTER TABLE ${name} FORCE ROW LEVEL SECURITY;
  end if;
${[remove, create]
  .filter((text) => text !== '')
  .map((text) => `  ${text}`)
  .join('\n')}
  perform setval(seqrelid, next_value, false)
  from pg_sequence
  where seqrelid = ${sequenceOf(change)}::regclass and seqincrement > 0 and seqstart < next_value;
end`);
}
