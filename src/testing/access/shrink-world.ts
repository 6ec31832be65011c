import type { Claims } from '../../model/rule.ts';
import { compareWorld, type Disagreement } from './compare-world.ts';
import type { Enforcer } from './enforcer.ts';
import { simplerAccess } from './shrink-rule.ts';
import type { Database, Hop, Reading, World, Write } from './world.ts';

/** A world, and the disagreement between enforcers that was found in it. */
export interface WrongWorld {
  readonly world: World;
  readonly found: Disagreement;
}

/**
 * Searches for the smallest world in which the same enforcer is still wrong: one
 * principal, one question, and only the necessary rows and rules. Returns the best
 * result when the time is over. `fixed`: the rules are those of an existing database.
 */
export async function shrinkWorld(
  wrong: WrongWorld,
  enforcers: readonly Enforcer[],
  { fixed, milliseconds = 20_000 }: { readonly fixed: boolean; readonly milliseconds?: number },
): Promise<WrongWorld> {
  const end = performance.now() + milliseconds;
  const own = enforcers.filter(({ name }) => name === wrong.found.enforcer);
  const threw = wrong.found.said instanceof Error;
  const retry = async (world: World): Promise<WrongWorld | undefined> => {
    const found = await compareWorld(world, own);
    return found && found.said instanceof Error === threw ? { world, found } : undefined;
  };
  let best = (await retry(narrowed(wrong))) ?? wrong;
  for (let progress = true; progress;) {
    progress = false;
    for (const world of simplerWorlds(best.world, fixed)) {
      if (performance.now() > end) return best;
      const smaller = await retry(world);
      if (!smaller) continue;
      best = smaller;
      progress = true;
      break;
    }
  }
  return best;
}

/** The world with only the principal and the question of the disagreement. */
function narrowed({ world, found: { claims, question } }: WrongWorld): World {
  return {
    ...world,
    principals: [claims],
    readings: 'reading' in question ? [question.reading] : [],
    writes: 'write' in question ? [question.write] : [],
  };
}

function* simplerWorlds(world: World, fixed: boolean): Generator<World> {
  for (const rows of fewerRows(world.rows)) yield { ...world, rows };
  for (const rules of fixed ? [] : simplerAccess(world.rules)) yield { ...world, rules };
  for (const claims of world.principals) {
    for (const fewer of fewerClaims(claims)) yield { ...world, principals: [fewer] };
  }
  for (const reading of world.readings) {
    for (const simpler of simplerReadings(reading)) yield { ...world, readings: [simpler] };
  }
  for (const write of world.writes) {
    for (const simpler of simplerWrites(write)) yield { ...world, writes: [simpler] };
  }
  for (const rows of emptierRows(world)) yield { ...world, rows };
}

function* fewerRows(db: Database): Generator<Database> {
  for (const [table, rows] of Object.entries(db)) {
    if (rows.length > 1) yield { ...db, [table]: [] };
    for (const at of rows.keys()) yield { ...db, [table]: rows.toSpliced(at, 1) };
  }
}

/** Variants in which one nullable value is NULL. */
function* emptierRows({ rows: db, tables }: World): Generator<Database> {
  for (const { table, columns } of tables) {
    for (const [at, row] of (db[table] ?? []).entries()) {
      for (const [column, { nullable }] of Object.entries(columns)) {
        if (!nullable || row[column] === null) continue;
        yield { ...db, [table]: (db[table] ?? []).with(at, { ...row, [column]: null }) };
      }
    }
  }
}

function* fewerClaims(claims: Claims): Generator<Claims> {
  for (const claim of Object.keys(claims)) {
    const { [claim]: _, ...rest } = claims;
    yield rest;
  }
}

function* simplerReadings(reading: Reading): Generator<Reading> {
  const { having, related, ...rest } = reading;
  if (having) {
    yield related ? { ...rest, related } : rest;
    for (const simpler of simplerReadings(having)) {
      yield { ...reading, having: { ...simpler, on: having.on } };
    }
  }
  for (const [at, hop] of (related ?? []).entries()) {
    yield { table: hop.table };
    const others = (related as readonly Hop[]).toSpliced(at, 1);
    yield { ...rest, ...(having ? { having } : {}), ...(others.length ? { related: others } : {}) };
    for (const simpler of simplerReadings(hop)) {
      yield {
        ...reading,
        related: (related as readonly Hop[]).with(at, { ...simpler, on: hop.on }),
      };
    }
  }
}

function* simplerWrites(write: Write): Generator<Write> {
  if (write.operation !== 'update') return;
  const columns = Object.entries(write.changes);
  if (columns.length < 2) return;
  for (const at of columns.keys()) {
    yield { ...write, changes: Object.fromEntries(columns.toSpliced(at, 1)) };
  }
}
