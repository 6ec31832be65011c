const NAME = String.raw`(?:"[^"]+"\.)?"(?<name>[^"]+)"`;
const ON_TABLE = String.raw`(?:"[^"]+"\.)?"(?<table>[^"]+)"`;

/** The kinds of drizzle-kit's statements, by how they start. */
const ACTIONS = {
  create: `CREATE TABLE(?: IF NOT EXISTS)? ${NAME}`,
  drop: `DROP TABLE(?: IF EXISTS)? ${NAME}`,
  add: `ALTER TABLE ${ON_TABLE} ADD COLUMN(?: IF NOT EXISTS)? "(?<name>[^"]+)"`,
  remove: `ALTER TABLE ${ON_TABLE} DROP COLUMN(?: IF EXISTS)? "(?<name>[^"]+)"`,
  change: `(?:ALTER TABLE|(?:CREATE|ALTER|DROP) POLICY "[^"]+" ON|CREATE (?:UNIQUE )?INDEX .* ON) ${ON_TABLE}`,
  make: String.raw`CREATE (?:TYPE|SCHEMA|SEQUENCE|ROLE|(?:MATERIALIZED )?VIEW) ${NAME}`,
  undo: String.raw`DROP (?:TYPE|SCHEMA|SEQUENCE|ROLE|INDEX|(?:MATERIALIZED )?VIEW)(?: IF EXISTS)? ${NAME}`,
  alter: `ALTER (?:TYPE|SEQUENCE|ROLE) ${NAME}`,
} as const;

type Action = keyof typeof ACTIONS;

interface Done {
  readonly action: Action;
  readonly name: string;
  readonly table: string;
}

/** The default name of a migration: what its statements do. */
export function nameMigration(statements: readonly string[]): string {
  const done = statements.flatMap(read);
  const of = (...actions: readonly Action[]): readonly Done[] =>
    done.filter(({ action }) => actions.includes(action));
  const namesOf = (found: readonly Done[]): string => list(found.map(({ name }) => name));
  const tables = new Set(of('create', 'drop').map(({ name }) => name));
  const parts = [
    phrase('create', namesOf(of('create'))),
    phrase('drop', namesOf(of('drop'))),
    columns('add', 'to', of('add')),
    columns('drop', 'from', of('remove')),
    // A new table's foreign keys and indexes are separate statements.
    phrase('change', list(of('change').flatMap((one) => (tables.has(one.table) ? [] : one.table)))),
    phrase('create', namesOf(of('make'))),
    phrase('drop', namesOf(of('undo'))),
    phrase('change', namesOf(of('alter'))),
  ].filter((part) => part !== '');
  const name = parts.slice(0, 2).join('_') || 'change_schema';
  return name
    .replaceAll(/[^A-Za-z0-9_-]+/g, '_')
    .slice(0, 60)
    .replace(/_+$/, '');
}

function read(statement: string): readonly Done[] {
  for (const [action, pattern] of Object.entries(ACTIONS)) {
    const groups = new RegExp(`^\\s*${pattern}`).exec(statement)?.groups;
    if (groups === undefined) continue;
    return [{ action: action as Action, name: groups['name'] ?? '', table: groups['table'] ?? '' }];
  }
  return [];
}

const phrase = (verb: string, names: string): string => (names === '' ? '' : `${verb}_${names}`);

/** The columns of a single table by name; for several tables, only the tables. */
function columns(verb: string, word: string, found: readonly Done[]): string {
  const tables = list(found.map(({ table }) => table));
  if (tables === '') return '';
  const isOne = new Set(found.map(({ table }) => table)).size === 1;
  return `${verb}_${isOne ? list(found.map(({ name }) => name)) : 'columns'}_${word}_${tables}`;
}

/** `a`, `a_and_b`, `a_and_2_more`. */
function list(names: readonly string[]): string {
  const [first = '', second, ...others] = [...new Set(names)];
  if (second === undefined) return first;
  return others.length === 0 ? `${first}_and_${second}` : `${first}_and_${others.length + 1}_more`;
}
