import type { Table } from '../../model/table.ts';
import { ProblemError, type Problem } from '../../report/problem.ts';
import { showPlace } from '../../report/show-place.ts';

/** Runs something that names tables as SQL does; what it refuses is told with the lines where they are written. */
export function placingTables<Result>(tables: readonly Table[], run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { problem, others } = error;
    throw new ProblemError(placed(problem, tables), {
      cause: error,
      others: others.map((other) => placed(other, tables)),
    });
  }
}

const placed = (problem: Problem, tables: readonly Table[]): Problem =>
  problem.at === undefined
    ? problem
    : { ...problem, at: problem.at.map((place) => withLine(place, tables)) };

/** `notes`, `notes read` or `notes.body`, and the like of a table outside of public. */
function withLine(place: string, tables: readonly Table[]): string {
  const table = tables.find(({ id }) => place === id || place.startsWith(`${id} `));
  if (table) return showPlace(table.at, place);
  const owner = tables.find(({ id }) => place.startsWith(`${id}.`));
  if (!owner) return place;
  const own = place.slice(owner.id.length + 1);
  const column = owner.columns.find(({ key }) => key === own);
  return showPlace(column?.at ?? owner.at, place);
}
