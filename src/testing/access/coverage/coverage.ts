import type { Operation } from '../../../model/rule.ts';
import type { Questions } from '../questions.ts';
import type { World } from '../world.ts';
import { COMBINATIONS, combinationText, pairsOf, type Combination } from './combination.ts';
import { decidingRead, decidingWrite, type Found } from './decisive-conditions.ts';
import { itemsOfAttempt, itemsOfReading } from './items-of.ts';
import { ITEMS } from './items.ts';

/** Counts how often questions covered each combination and each item. */
export class Coverage {
  readonly #wanted: readonly Combination[];
  readonly #wantedItems: readonly string[];
  readonly #pairs: ReadonlySet<string>;
  readonly #counts = new Map<string, number>();
  readonly #items = new Map<string, number>();
  readonly #coveredPairs = new Set<string>();
  /** The wanted combinations by operation, and those of them that may be missing. */
  readonly #all = new Map<Operation, Combination[]>();
  readonly #open = new Map<Operation, Combination[]>();
  /** The texts of the combinations that no question covered. */
  readonly #missing: Set<string>;

  /** By default, all combinations that can occur, and all items of questions. */
  constructor(
    wanted: readonly Combination[] = COMBINATIONS,
    wantedItems: readonly string[] = ITEMS,
  ) {
    this.#wanted = wanted;
    this.#wantedItems = wantedItems;
    this.#pairs = new Set(wanted.flatMap(pairsOf));
    this.#missing = new Set(wanted.map(combinationText));
    for (const one of wanted) {
      const all = this.#all.get(one.operation) ?? [];
      all.push(one);
      this.#all.set(one.operation, all);
    }
    for (const [operation, all] of this.#all) this.#open.set(operation, [...all]);
  }

  count(world: World, { claims, readings, attempts }: Questions): void {
    const asked = { rules: world.rules, claims, db: world.rows };
    const found: Found = {
      condition: (one) => this.add(one),
      item: (item) => this.addItem(item),
    };
    for (const { reading, expected } of readings) {
      for (const item of itemsOfReading(reading, expected)) this.addItem(item);
    }
    for (const table of new Set(readings.map(({ reading }) => reading.table))) {
      for (const row of world.rows[table] ?? []) decidingRead(asked, table, row, found);
    }
    for (const { attempt, expected } of attempts) {
      for (const item of itemsOfAttempt(world, attempt, expected)) this.addItem(item);
      decidingWrite(asked, attempt, found);
    }
  }

  add(one: Combination): void {
    const text = combinationText(one);
    const before = this.#counts.get(text) ?? 0;
    this.#counts.set(text, before + 1);
    if (before > 0) return;
    this.#missing.delete(text);
    for (const pair of pairsOf(one)) if (this.#pairs.has(pair)) this.#coveredPairs.add(pair);
  }

  addItem(name: string): void {
    this.#items.set(name, this.timesOf(name) + 1);
  }

  /** How often questions covered an item. */
  timesOf(item: string): number {
    return this.#items.get(item) ?? 0;
  }

  has(one: Combination): boolean {
    return this.#counts.has(combinationText(one));
  }

  /** What to draw next for an operation: of a few missing combinations, the one with the most missing pairs. */
  rarest(
    operation: Operation,
    choose: (max: number) => number,
    operator?: Combination['operator'],
  ): Combination | undefined {
    const all = this.#all.get(operation) ?? [];
    if (operator) {
      const those = all.filter((one) => one.operator === operator);
      return those[choose(those.length - 1)];
    }
    const open = this.#open.get(operation) ?? [];
    const some: Combination[] = [];
    while (open.length > 0 && some.length < 6) {
      const at = choose(open.length - 1);
      const one = open[at] as Combination;
      if (!this.has(one)) some.push(one);
      else open.splice(at, 1);
    }
    if (some.length === 0 && all.length > 0) {
      some.push(...Array.from({ length: 6 }, () => all[choose(all.length - 1)] as Combination));
    }
    return some.reduce<Combination | undefined>(
      (best, one) => (best && this.#gain(best) >= this.#gain(one) ? best : one),
      undefined,
    );
  }

  #gain(one: Combination): number {
    const pairs = pairsOf(one).filter((pair) => !this.#coveredPairs.has(pair)).length;
    return pairs > 0 ? pairs : -(this.#counts.get(combinationText(one)) ?? 0);
  }

  /** Whether questions covered every wanted combination. */
  get isComplete(): boolean {
    return this.#missing.size === 0;
  }

  /** The combinations that no question covered. */
  missing(): readonly Combination[] {
    return this.#wanted.filter((one) => !this.has(one));
  }

  /** The pairs of values that no question covered, among those of the wanted combinations. */
  missingPairs(): readonly string[] {
    return [...this.#pairs].filter((pair) => !this.#coveredPairs.has(pair));
  }

  /** The items that no question covered. */
  missingItems(): readonly string[] {
    return this.#wantedItems.filter((item) => !this.#items.has(item));
  }

  toString(): string {
    const all = this.#wanted.length;
    return [
      `${all - this.#missing.size} of ${all} combinations`,
      `${this.#coveredPairs.size} of ${this.#pairs.size} pairs`,
      `${this.#wantedItems.length - this.missingItems().length} of ${this.#wantedItems.length} items`,
    ].join(', ');
  }
}
