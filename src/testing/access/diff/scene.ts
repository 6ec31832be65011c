import type { Claims } from '../../../model/rule.ts';
import type { Random } from '../../../rows/random.ts';
import type { Value } from '../world.ts';
import type { SceneTable, SceneTables } from './scene-tables.ts';

/** A row that is still being drawn. */
export type DraftRow = Record<string, Value>;

/** A principal, the rows of all tables, and the row that an operation is asked about. */
export interface Scene {
  claims: Claims;
  readonly rows: Record<string, DraftRow[]>;
  /** The existing row, which is among `rows`; for an insert, the new row, which is not. */
  subject: DraftRow;
  /** The row after an update. */
  after?: DraftRow;
}

/** Ids in examples: the user's own id, and the ids of everything else. */
export const exampleId = (count: number): string =>
  `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
export const USER: string = exampleId(1);

/** Draws the rows of one scene. */
export class RowDrawer {
  readonly tables: SceneTables;
  readonly random: Random;
  #count = 1;

  constructor(tables: SceneTables, random: Random) {
    this.tables = tables;
    this.random = random;
  }

  chance(percent: number): boolean {
    return this.random.below(100) < percent;
  }

  freshId(): string {
    this.#count += 1;
    return exampleId(this.#count);
  }

  /** Values of a column for which a rule may give different results, including NULL. */
  options(table: SceneTable, name: string, scene: Pick<Scene, 'rows'>): readonly Value[] {
    const column = table.columns[name];
    if (!column) return [];
    const values = column.nullable ? [null, ...column.values] : column.values;
    if (column.type !== 'uuid') return values;
    return [...values, USER, this.freshId(), ...uuidsIn(this.tables, scene.rows)];
  }

  newRow(table: SceneTable, scene: Pick<Scene, 'rows'>): DraftRow {
    const row: DraftRow = {};
    for (const [name, column] of table.list) {
      if (table.identifying.has(name)) {
        row[name] = column.type === 'uuid' ? this.freshId() : column.fresh((this.#count += 1));
      } else if (column.nullable && this.chance(30)) row[name] = null;
      else if (column.type === 'uuid') row[name] = this.#someId(column.values, scene);
      else row[name] = column.values.length > 0 ? this.random.pick(column.values) : null;
    }
    return row;
  }

  #someId(literals: readonly Value[], { rows }: Pick<Scene, 'rows'>): Value {
    if (literals.length > 0 && this.chance(40)) return this.random.pick(literals);
    const kind = this.random.below(3);
    if (kind === 0) return USER;
    const ids = kind === 1 ? uuidsIn(this.tables, rows) : [];
    return ids.length > 0 ? this.random.pick(ids) : this.freshId();
  }

  /** Adds a row to a scene. */
  addRow(table: SceneTable, scene: Scene): DraftRow {
    const row = this.newRow(table, scene);
    (scene.rows[table.id] ??= []).push(row);
    return row;
  }
}

function uuidsIn(tables: SceneTables, rows: Scene['rows']): readonly Value[] {
  const found: Value[] = [];
  for (const [id, list] of Object.entries(rows)) {
    for (const name of tables[id]?.uuids ?? []) {
      for (const row of list) {
        const value = row[name] ?? null;
        if (value !== null) found.push(value);
      }
    }
  }
  return found;
}
