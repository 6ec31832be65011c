import type { NamedPlace } from './place.ts';
import type { Problem } from './problem.ts';

/**
 * Formats a problem as text for the terminal.
 *
 * @example
 * formatProblem({ code: 'kit/no-values', message: 'an enumeration is empty.', fix: 'list one.' })
 * // kit/no-values: an enumeration is empty.
 * //     fix list one.
 */
export function formatProblem(problem: Problem): string {
  const { code, message, fix, context = [] } = problem;
  const where = [...showPlaces(problem), ...context].map((line) => `    at  ${indent(line)}`);
  return [`${code}: ${message}`, ...where, `    fix ${indent(fix)}`].join('\n');
}

/**
 * One line per place: `schema.ts:12  posts.authorId`. Members of one owner in one
 * file share a line: `schema.ts:12  posts.authorId, title:14`.
 */
function showPlaces({ object, places = [] }: Problem): readonly string[] {
  if (places.length === 0) return object === undefined ? [] : [object];
  const named = places.some(({ name }) => name !== undefined);
  const lines: string[] = [];
  let last: NamedPlace | undefined;
  for (const place of places) {
    const name = place.name ?? (named ? undefined : object);
    const member = last && memberOf(place, last);
    if (last && member !== undefined) {
      const line = place.line === last.line ? '' : `:${place.line}`;
      lines.push(`${lines.pop()}, ${member}${line}`);
    } else {
      const file = place.line === undefined ? place.file : `${place.file}:${place.line}`;
      lines.push(name === undefined ? file : `${file}  ${name}`);
    }
    last = place;
  }
  return lines;
}

/** The member's name without its owner, if the last place has the same file and owner. */
function memberOf({ file, name }: NamedPlace, last: NamedPlace): string | undefined {
  const owner = last.name?.slice(0, last.name.lastIndexOf('.') + 1);
  if (!owner || file !== last.file || !name?.startsWith(owner)) return undefined;
  const member = name.slice(owner.length);
  return member.includes('.') ? undefined : member;
}

const indent = (text: string): string => text.replaceAll('\n', '\n        ');
