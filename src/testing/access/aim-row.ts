import type { AccessRules, Claims, Rule } from '../../model/rule.ts';
import type { Draw } from './draw.ts';
import { fitsColumn } from './draw-pools.ts';
import { evaluate, type Asked } from './oracle.ts';
import { ownClaim } from './own-claims.ts';
import { keyText, type Database, type Row, type Value, type WorldTable } from './world.ts';

/** The table of a row, and the context of the rule. */
interface Target {
  readonly table: WorldTable;
  readonly asked: Asked;
}

/**
 * Changes a row so that it is more likely to satisfy a rule: random values alone never
 * satisfy a rule of ten conditions. Only the oracle decides whether the row does.
 */
function aimRow(draw: Draw, rule: Rule, row: Row, target: Target): Row {
  const { table, asked } = target;
  const set = (column: string, value: Value | undefined, from = row): Row => {
    const definition = table.columns[column];
    if (value === undefined || !definition) return from;
    const isPossible = value === null ? definition.nullable : fitsColumn(value, definition);
    return isPossible ? { ...from, [column]: value } : from;
  };
  switch (rule.op) {
    case 'and':
      return rule.rules.reduce((aimed, part) => aimRow(draw, part, aimed, target), row);
    case 'or': {
      // Prefers parts that do not depend on the principal's roles.
      const open = rule.rules.filter((part) => part.op !== 'role');
      const ways = open.length > 0 ? open : rule.rules;
      return ways.length === 0 ? row : aimRow(draw, draw.pick(ways), row, target);
    }
    case 'compare': {
      const wanted =
        'claim' in rule.value ? claimOf(rule.value.claim, asked) : [rule.value.literal];
      return rule.with.includes('=') && rule.with !== '!=' ? set(rule.column, wanted[0]) : row;
    }
    case 'in': {
      const wanted =
        'claim' in rule.values ? claimOf(rule.values.claim, asked) : rule.values.literals;
      return wanted.length === 0 ? row : set(rule.column, draw.pick(wanted));
    }
    case 'null':
      return set(rule.column, null);
    case 'exists': {
      const met = (asked.db[rule.table] ?? []).filter(
        (other) =>
          rule.on.every((pair) => (other[pair.other] ?? null) !== null) &&
          evaluate(rule.rule, other, asked) === true,
      );
      if (met.length === 0) return row;
      const other = draw.pick(met);
      return rule.on.reduce(
        (aimed, pair) => set(pair.own, other[pair.other] ?? undefined, aimed),
        row,
      );
    }
    default:
      return row;
  }
}

function claimOf(name: string, { rules, claims }: Asked): readonly (string | number | boolean)[] {
  const declaration = rules.claims[name];
  const found = declaration && ownClaim(declaration, claims);
  if (found === undefined) return [];
  return typeof found === 'object' ? found : [found];
}

/** The rules and principals that rows should match. */
export interface Aim {
  readonly rules: AccessRules;
  readonly principals: readonly Claims[];
}

/** A row that a rule probably allows for one of the principals; sometimes the row is unchanged. */
export function aimedRow(
  draw: Draw,
  asked: readonly Rule[],
  row: Row,
  { rules, principals, table, db }: Aim & { readonly table: WorldTable; readonly db: Database },
): Row {
  if (asked.length === 0 || draw.percent(30)) return row;
  const claims = principals.length > 0 ? draw.pick(principals) : {};
  return aimRow(draw, draw.pick(asked), row, { table, asked: { rules, claims, db } });
}

/** Rows that the rules of their tables probably distinguish. Keys remain unique. */
export function aimDatabase(
  draw: Draw,
  aim: Aim,
  tables: readonly WorldTable[],
  drawn: Database,
): Database {
  const db: Record<string, readonly Row[]> = { ...drawn };
  for (const table of tables) {
    const own = aim.rules.tables[table.table];
    if (!own) continue;
    for (const [at, row] of (db[table.table] ?? []).entries()) {
      const asked = [own.read, own.update.from, own.delete];
      const aimed = aimedRow(draw, asked, row, { ...aim, table, db });
      const rows = db[table.table] ?? [];
      const taken = rows.some(
        (other, place) => place !== at && keyText(table, other) === keyText(table, aimed),
      );
      if (!taken) db[table.table] = rows.with(at, aimed);
    }
  }
  return db;
}
