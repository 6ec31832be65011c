import type { AccessRules, Claims, Rule } from '../../model/rule.ts';
import type { Draw } from './draw.ts';
import { evaluate, type Asked } from './oracle.ts';
import { ownClaim } from './own-claims.ts';
import { keyText, type Database, type Row, type Value, type WorldTable } from './world.ts';

/** Where a row stands, and whom it is aimed for. */
interface Target {
  readonly table: WorldTable;
  readonly asked: Asked;
}

/**
 * A row changed towards what a rule wants of it, as far as that can be read off
 * the rule: random values alone never meet a rule of ten conditions. What it
 * comes to is the oracle's to say.
 */
function aimRow(draw: Draw, rule: Rule, row: Row, target: Target): Row {
  const { table, asked } = target;
  const set = (column: string, value: Value | undefined): Row => {
    const definition = table.columns[column];
    if (value === undefined || !definition || (value === null && !definition.nullable)) return row;
    return { ...row, [column]: value };
  };
  switch (rule.op) {
    case 'and':
      return rule.rules.reduce((aimed, part) => aimRow(draw, part, aimed, target), row);
    case 'or': {
      // One that does not hang on who asks, where there is such a one.
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
      const joined = rule.on.map(({ own, other: theirs }) => [own, other[theirs] ?? null]);
      return { ...row, ...(Object.fromEntries(joined) as Row) };
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

/** Given rules, and those who ask, whom rows are aimed for. */
export interface Aim {
  readonly rules: AccessRules;
  readonly principals: readonly Claims[];
}

/** A row that one rule allows one of the principals, or nearly; now and then just any. */
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

/** Rows that the rules of their tables tell apart; each keeps a key of its own. */
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
