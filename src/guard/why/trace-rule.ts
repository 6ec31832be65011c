import { sql } from 'drizzle-orm';
import { quoteLiteral, quoteName, quoteTable, sqlType } from '../../model/quote-sql.ts';
import type { ClaimValue, Rule } from '../../model/rule.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { expandExists } from '../../rules/expand-rule.ts';
import { outlineRule, type RuleOutline } from '../../rules/outline-rule.ts';
import { readClaim } from '../../model/read-claim.ts';
import { ruleToSql, type SqlContext } from '../../rules/rule-to-sql.ts';
import { rowValue, type AskedRow } from './asked-row.ts';
import { decide } from './decide.ts';
import type { JoinedRows, MetPart, TracedPart, Truth } from './traced-part.ts';

/** The value of each part of a rule, evaluated by Postgres as the login role. */
export async function traceRule(db: AnyDatabase, asked: AskedRow, rule: Rule): Promise<TracedPart> {
  const outline = outlineRule(rule, asked.table.id);
  const frame: Frame = { from: `(select (${rowValue(asked)}).*) as ${alias(0)}`, depth: 0 };
  const truths = await selectEach(db, frame, partsOf(outline), (part) => {
    const is = (what: Rule): string => `(${ruleToSql(what, contextOf(asked, 0))})`;
    const { rule: own } = part;
    return `case when ${is(own)} then 'true' when ${is({ op: 'not', rule: own })} then 'false' else 'unknown' end`;
  });
  const trace = async (part: RuleOutline): Promise<Omit<TracedPart, 'decides'>> => {
    const truth = truths.get(part) as Truth;
    const { kind } = part;
    switch (part.kind) {
      case 'and':
      case 'or': {
        const parts: TracedPart[] = [];
        for (const one of part.parts) parts.push({ ...(await trace(one)), decides: false });
        return { kind, words: part.kind === 'and' ? 'all of' : 'any of', truth, parts };
      }
      case 'rows': {
        const joined = await traceJoined(db, asked, part, frame);
        return { kind, words: part.words, truth, parts: [], joined };
      }
      case 'condition':
        return { kind, words: part.words("the row's"), truth, parts: [] };
      case 'constant':
        return { kind, words: part.words, truth, parts: [] };
    }
  };
  return decide({ ...(await trace(outline)), decides: false });
}

/** The rows that conditions are evaluated on: the row, and rows joined to it. */
interface Frame {
  readonly from: string;
  readonly depth: number;
}

const alias = (depth: number): string => quoteName(`~${depth}`);

async function traceJoined(
  db: AnyDatabase,
  asked: AskedRow,
  { existence }: Extract<RuleOutline, { kind: 'rows' }>,
  outer: Frame,
): Promise<JoinedRows> {
  const raw = expandExists(existence, asked.access.rules);
  const depth = outer.depth + 1;
  const joins = raw.on.map(
    ({ other, own }) =>
      `${alias(depth)}.${quoteName(other)} = ${alias(outer.depth)}.${quoteName(own)}`,
  );
  const from = `${outer.from} join ${quoteTable(raw.table)} as ${alias(depth)} on ${joins.join(' and ')}`;
  const frame: Frame = { from, depth };
  const outline = outlineRule(raw.rule, raw.table, depth);
  const all: RuleOutline = { kind: 'constant', rule: { op: 'anyone' }, words: 'anyone' };
  const counts = await selectEach(db, frame, [all, ...partsOf(outline)], (part) => {
    return `count(*) filter (where ${ruleToSql(part.rule, contextOf(asked, depth))})::text`;
  });
  const count = Number(counts.get(all));
  if (count === 0 || outline.rule.op === 'anyone') return { count };
  const meet = async (part: RuleOutline): Promise<MetPart> => {
    const met = { count: Number(counts.get(part)), parts: [] };
    switch (part.kind) {
      case 'and':
      case 'or': {
        const parts: MetPart[] = [];
        for (const one of part.parts) parts.push(await meet(one));
        return { ...met, words: part.kind === 'and' ? 'all of' : 'any of', parts };
      }
      case 'rows': {
        const inner = await traceJoined(db, asked, part, frame);
        return { ...met, words: part.words, parts: inner.met ? [inner.met] : [] };
      }
      case 'condition':
        return { ...met, words: part.words('its') };
      case 'constant':
        return { ...met, words: part.words };
    }
  };
  return { count, met: await meet(outline) };
}

/** A part, and the nested parts that are about the same row. */
const partsOf = (outline: RuleOutline): readonly RuleOutline[] =>
  outline.kind === 'and' || outline.kind === 'or'
    ? [outline, ...outline.parts.flatMap(partsOf)]
    : [outline];

async function selectEach(
  db: AnyDatabase,
  { from }: Frame,
  parts: readonly RuleOutline[],
  toSql: (part: RuleOutline) => string,
): Promise<ReadonlyMap<RuleOutline, string>> {
  const columns = parts.map((part, at) => `${toSql(part)} as ${quoteName(`p${at}`)}`);
  const query = sql.raw(`select ${columns.join(', ')} from ${from}`);
  const [row = {}] = await rowsOf<Record<string, string>>(db, query);
  return new Map(parts.map((part, at) => [part, String(row[`p${at}`])]));
}

const contextOf = ({ access: { rules }, claims }: AskedRow, depth: number): SqlContext => ({
  rules,
  depth,
  column: (name) => `${alias(depth)}.${quoteName(name)}`,
  claim: ({ claim, type }: ClaimValue, list) => {
    const declaration = rules.claims[claim];
    const content = declaration && readClaim(declaration, claims);
    const sqlName = `${sqlType(type)}${list ? '[]' : ''}`;
    if (content === undefined || (typeof content === 'object') !== list) return `null::${sqlName}`;
    if (typeof content !== 'object') return quoteLiteral(content, type);
    return `array[${content.map((item) => quoteLiteral(item, type)).join(', ')}]::${sqlName}`;
  },
});
