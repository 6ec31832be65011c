import type { Claims } from '../../../model/rule.ts';
import type { SceneTable } from './scene-tables.ts';
import type { RowDrawer, Scene } from './scene.ts';

/** The smallest scene that still shows the same. */
export function shrinkScene(
  scene: Scene,
  table: SceneTable,
  drawer: RowDrawer,
  shows: (scene: Scene) => boolean,
): Scene {
  let best = scene;
  for (let progress = true; progress;) {
    progress = false;
    for (const simplify of simplifications(best, table, drawer)) {
      // Keeps the identity of the subject among the rows.
      const smaller = structuredClone(best);
      simplify(smaller);
      if (!shows(smaller)) continue;
      best = smaller;
      progress = true;
      break;
    }
  }
  return best;
}

type Simplify = (scene: Scene) => void;

function* simplifications(
  scene: Scene,
  table: SceneTable,
  { tables }: RowDrawer,
): Generator<Simplify> {
  for (const [id, rows] of Object.entries(scene.rows)) {
    for (const [at, row] of rows.entries()) {
      if (row !== scene.subject) yield ({ rows: own }) => own[id]?.splice(at, 1);
    }
  }
  for (const claims of fewerClaims(scene.claims)) {
    yield (smaller) => {
      smaller.claims = claims;
    };
  }
  const { after } = scene;
  for (const column of Object.keys(after ?? {})) {
    if (after?.[column] === scene.subject[column]) continue;
    yield (smaller) => {
      if (smaller.after) smaller.after[column] = smaller.subject[column] ?? null;
    };
  }
  for (const [id, rows] of Object.entries(scene.rows)) {
    for (const at of rows.keys()) yield* plainerRow(tables[id], (own) => own.rows[id]?.[at]);
  }
  if (!scene.rows[table.id]?.includes(scene.subject)) {
    yield* plainerRow(table, ({ subject }) => subject);
  }

  function* plainerRow(
    own: SceneTable | undefined,
    rowIn: (scene: Scene) => Scene['subject'] | undefined,
  ): Generator<Simplify> {
    for (const [name, column] of Object.entries(own?.columns ?? {})) {
      const current = rowIn(scene)?.[name] ?? null;
      const plainer = [...(column.nullable ? [null] : []), ...column.values];
      const place = plainer.indexOf(current);
      for (const value of place < 0 ? plainer : plainer.slice(0, place)) {
        yield (smaller) => {
          const row = rowIn(smaller);
          if (!row) return;
          const isKept = row === smaller.subject && smaller.after?.[name] === row[name];
          row[name] = value;
          if (isKept && smaller.after) smaller.after[name] = value;
        };
      }
    }
  }
}

function* fewerClaims(claims: Claims): Generator<Claims> {
  for (const [name, value] of Object.entries(claims)) {
    const { [name]: _, ...rest } = claims;
    yield rest;
    for (const smaller of smallerValues(value)) yield { ...claims, [name]: smaller };
  }
}

function* smallerValues(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const at of value.keys()) yield value.toSpliced(at, 1);
  } else if (typeof value === 'object' && value !== null) yield* fewerClaims(value as Claims);
}
