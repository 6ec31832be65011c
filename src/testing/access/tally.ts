import type { Operation, Rule } from '../../model/rule.ts';
import type { Questions } from './questions.ts';
import type { World } from './world.ts';

/**
 * Counts the compared cases, and those that had both an allowed and a denied answer:
 * only these reveal an enforcer that always allows or always denies. A case is one set
 * of rules and rows, one principal, one table and one operation.
 */
export class Tally {
  readonly #counts = new Map<Operation, { cases: number; mixed: number }>();
  /**
   * Cases whose rule reads the row. A rule that does not read the row allows a principal either all
   * rows or none.
   */
  readonly #open = { cases: 0, mixed: 0 };
  worlds = 0;
  questions = 0;
  #last: World | undefined;

  count(world: World, { readings, attempts }: Questions): void {
    if (this.#last !== world) this.worlds += 1;
    this.#last = world;
    this.questions += readings.length + attempts.length;
    for (const { table } of world.tables) {
      const alone = readings.find(
        ({ reading }) => reading.table === table && !reading.having && !reading.related,
      );
      const visible = alone?.expected[0]?.length ?? 0;
      const rules = world.rules.tables[table];
      const constant = (...asked: readonly (Rule | undefined)[]): boolean =>
        asked.some((rule) => rule?.op === 'nobody') ||
        asked.every((rule) => rule !== undefined && !readsRow(rule));
      if (alone) {
        const all = world.rows[table]?.length ?? 0;
        this.#add('read', visible > 0, visible < all, constant(rules?.read));
      }
      for (const operation of ['insert', 'update', 'delete'] as const) {
        const verdicts = attempts.flatMap(({ attempt, expected }) =>
          attempt.table === table && attempt.operation === operation ? [expected] : [],
        );
        if (verdicts.length === 0) continue;
        const asked = {
          insert: [rules?.insert],
          update: [rules?.update.from, rules?.update.to],
          delete: [rules?.delete],
        }[operation];
        const allowed = verdicts.includes('allowed');
        this.#add(operation, allowed, verdicts.includes('denied'), constant(...asked));
      }
    }
  }

  #add(operation: Operation, allowed: boolean, refused: boolean, constant: boolean): void {
    if (!constant) {
      this.#open.cases += 1;
      if (allowed && refused) this.#open.mixed += 1;
    }
    const count = this.#counts.get(operation) ?? { cases: 0, mixed: 0 };
    this.#counts.set(operation, {
      cases: count.cases + 1,
      mixed: count.mixed + (allowed && refused ? 1 : 0),
    });
  }

  get cases(): number {
    return [...this.#counts.values()].reduce((sum, { cases }) => sum + cases, 0);
  }

  /** Share of cases with both answers, for one operation or for all. */
  share(operation?: Operation): number {
    const counts = operation ? [this.#counts.get(operation)] : [...this.#counts.values()];
    const sum = (of: 'cases' | 'mixed'): number =>
      counts.reduce((total, count) => total + (count?.[of] ?? 0), 0);
    return sum('cases') === 0 ? 0 : sum('mixed') / sum('cases');
  }

  /** Share of cases with both answers, among the cases where both were possible. */
  get telling(): number {
    return this.#open.cases === 0 ? 1 : this.#open.mixed / this.#open.cases;
  }

  toString(): string {
    const shares = (['read', 'insert', 'update', 'delete'] as const).map(
      (operation) => `${operation} ${Math.round(this.share(operation) * 100)} %`,
    );
    return `${this.cases} cases in ${this.worlds} worlds, ${this.questions} questions; allowed and refused: ${shares.join(', ')}`;
  }
}

/** Whether a rule reads the row, not only the claims. */
function readsRow(rule: Rule): boolean {
  switch (rule.op) {
    case 'anyone':
    case 'nobody':
    case 'authenticated':
    case 'role':
      return false;
    case 'and':
    case 'or':
      return rule.rules.some(readsRow);
    case 'not':
      return readsRow(rule.rule);
    default:
      return true;
  }
}
