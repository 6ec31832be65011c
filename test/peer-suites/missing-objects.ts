import { quoteName } from '../../src/model/quote-sql.ts';
import type { SqlError } from '../../src/read/sql/statement-failure.ts';

/** Types that a missing column may have: the first is tried first. */
const TYPES = [
  'text',
  'integer',
  'uuid',
  'timestamptz',
  'jsonb',
  'boolean',
  'bigint',
  'integer[]',
  'tsrange',
  'point',
] as const;

interface MissingColumn {
  readonly name: string;
  /** The index in {@link TYPES}. */
  type: number;
}

/** The objects that a case takes for granted, guessed from the errors of the database. */
export class MissingObjects {
  readonly #first: string[] = [];
  readonly #tables = new Map<string, MissingColumn[]>();
  /** The type that each function returns, by its call. */
  readonly #functions = new Map<string, string>();
  readonly #last: string[] = [];
  #retypes = 0;

  statements(): readonly string[] {
    return [
      ...this.#first,
      ...[...this.#functions].map(
        ([call, type]) =>
          `create function ${call} returns ${type} language plpgsql volatile as 'begin return null; end'`,
      ),
      ...[...this.#tables].map(
        ([name, columns]) =>
          `create table ${name} (${columns.map((one) => `${quoteName(one.name)} ${TYPES[one.type]}`).join(', ')})`,
      ),
      ...this.#last,
    ];
  }

  /** Whether the statement may succeed at the next attempt. */
  answer({ code, message }: SqlError, text: string): boolean {
    const names = [...message.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
    const [first = ''] = names;
    switch (code) {
      case '42P01':
        return this.#addRelation(quotedPath(first), text);
      case '3F000':
        return addTo(this.#first, `create schema ${quoteName(first)}`);
      case '42703':
        return this.#addColumn(first, message, text);
      case '42704':
        return this.#addObject(message, names, text);
      case '42883':
        return this.#addFunction(message) || this.#retype(text, names);
      case '42830':
        return this.#addKey(first, text);
      case '22P02':
        return this.#addLabel(message) || this.#retype(text, names);
      case '42P17':
        return this.#correctReturn(message);
      case '42804':
        return this.#correctReturn(message) || this.#retype(text, names);
      case '42846':
      case '0A000':
      case '42P16':
        return this.#retype(text, names);
      default:
        return false;
    }
  }

  #addRelation(name: string, text: string): boolean {
    if (this.#tables.has(name)) return false;
    if (/^(?:drop|alter)\s+index|^reindex\s+(?:\([^)]*\)\s*)?index/i.test(text)) {
      return this.#addIndex(name.split('.').at(-1) ?? name, '"indexed"', '');
    }
    if (/materialized\s+view/i.test(text)) {
      return (
        addTo(this.#last, `create materialized view ${name} as select 1 as id`) &&
        addTo(this.#last, `create unique index on ${name} (id)`)
      );
    }
    this.#tables.set(name, []);
    return true;
  }

  #addColumn(column: string, message: string, text: string): boolean {
    const [, target = ''] = REFERENCES.exec(text) ?? [];
    const own = normalPath(subject(text) ?? '');
    const isTarget = /in foreign key/.test(message) && !this.#lacks(own, column, text);
    const columns = this.#tables.get(isTarget ? normalPath(target) : own);
    if (columns === undefined || columns.some(({ name }) => name === column)) return false;
    columns.push({ name: column, type: /\btype\s+(?:text|varchar|character)/i.test(text) ? 1 : 0 });
    return true;
  }

  /** Whether a foreign key is on a column that its own table lacks. */
  #lacks(table: string, column: string, text: string): boolean {
    const [, list = ''] = /foreign\s+key\s*\(([^)]*)\)/i.exec(text) ?? [];
    return (
      new RegExp(String.raw`\b${column}\b`).test(list) &&
      !(this.#tables.get(table)?.some(({ name }) => name === column) ?? true)
    );
  }

  #addObject(message: string, names: readonly string[], text: string): boolean {
    const [name = '', of = ''] = names;
    if (message.startsWith('type')) {
      return addTo(this.#first, `create type ${quotedPath(name)} as enum ('value', 'old_value')`);
    }
    if (message.startsWith('role')) return addTo(this.#first, `create role ${quoteName(name)}`);
    if (message.startsWith('index')) {
      const table = normalPath(subject(text) ?? '');
      return this.#addIndex(quoteName(name), this.#tables.has(table) ? table : '"indexed"', text);
    }
    if (message.startsWith('constraint')) {
      return addTo(
        this.#last,
        `alter table ${quotedPath(of)} add constraint ${quoteName(name)} check (true) not valid`,
      );
    }
    if (/no primary key/.test(message)) {
      return addTo(
        this.#last,
        `alter table ${quotedPath(name)} add column garden_id integer primary key`,
      );
    }
    if (message.startsWith('trigger')) {
      addTo(this.#first, `create function own_trigger() ${TRIGGER}`);
      return addTo(
        this.#last,
        `create trigger ${quoteName(name)} before insert on ${quotedPath(of)} for each row execute function own_trigger()`,
      );
    }
    return message.startsWith('data type') && this.#retype(text, []);
  }

  #addIndex(name: string, table: string, text: string): boolean {
    const columns = this.#tables.get(table) ?? [];
    if (!columns.some((one) => one.name === 'id')) columns.push({ name: 'id', type: 1 });
    this.#tables.set(table, columns);
    const isKey = /primary\s+key\s+using/i.test(text);
    // Only NOT NULL columns can become a key without a scan.
    if (isKey) addTo(this.#last, `alter table ${table} alter id set not null`);
    const unique = isKey || /unique\s+using/i.test(text) ? 'unique ' : '';
    return addTo(this.#last, `create ${unique}index ${name} on ${table} (id)`);
  }

  #addFunction(message: string): boolean {
    const [, call] = /^function (.+) does not exist$/.exec(message) ?? [];
    if (call === undefined || this.#functions.has(call)) return false;
    this.#functions.set(call, 'integer');
    return true;
  }

  #correctReturn(message: string): boolean {
    const [, trigger] = /^function (\w+) must return type trigger$/.exec(message) ?? [];
    if (trigger !== undefined) {
      this.#functions.delete(`${trigger}()`);
      return addTo(this.#first, `create function ${trigger}() ${TRIGGER}`);
    }
    const [, type] = /is of type (.+) but default expression/.exec(message) ?? [];
    const call = [...this.#functions.keys()].at(-1);
    if (type === undefined || call === undefined || this.#functions.get(call) === type)
      return false;
    this.#functions.set(call, type);
    return true;
  }

  #addKey(table: string, text: string): boolean {
    const [, , list = ''] = REFERENCES.exec(text) ?? [];
    return addTo(this.#last, `alter table ${quotedPath(table)} add unique (${list})`);
  }

  #addLabel(message: string): boolean {
    const [, type, label] = /for enum (\S+): "(.*)"$/.exec(message) ?? [];
    return type !== undefined && addTo(this.#first, `alter type ${type} add value '${label}'`);
  }

  /** Gives columns that the statement names the next type. */
  #retype(text: string, names: readonly string[]): boolean {
    if (this.#retypes++ > TYPES.length * 2) return false;
    const all = [...this.#tables.values()].flat();
    const named = all.filter(({ name }) => names.includes(name));
    const columns = named.length > 0 ? named : all.filter(({ name }) => text.includes(name));
    const least = Math.min(...columns.map(({ type }) => type));
    if (columns.length === 0 || least === TYPES.length - 1) return false;
    for (const column of columns) if (column.type === least) column.type += 1;
    return true;
  }
}

const TRIGGER = `returns trigger language plpgsql as 'begin return new; end'`;
const REFERENCES = /references\s+([\w."]+)\s*(?:\(([^)]*)\))?/i;

/** Whether the statement is new. */
function addTo(statements: string[], statement: string): boolean {
  if (statements.includes(statement)) return false;
  statements.push(statement);
  return true;
}

const quotedPath = (name: string): string => quoteName(...name.split('.'));

/** A name as it is written, in the form of {@link quotedPath}. */
const normalPath = (written: string): string =>
  quotedPath(
    written
      .split('.')
      .map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase()))
      .join('.'),
  );

/** The table that a statement changes. */
const subject = (text: string): string | undefined =>
  /^(?:\s*--[^\n]*\n)*\s*(?:alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?|update\s+(?:only\s+)?|delete\s+from\s+|create\s+(?:unique\s+)?index[\s\S]*?\bon\s+(?:only\s+)?|create\s+[\s\S]*?trigger[\s\S]*?\bon\s+|insert\s+into\s+|comment\s+on\s+column\s+(?=\w+\.\w+\s))([\w."]+)/i
    .exec(text)?.[1]
    ?.replace(/^(\w+)\.\w+$/, (path, table: string) => (/^comment/i.test(text) ? table : path));
