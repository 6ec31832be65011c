import type { RenderableTemplate } from './render-template.ts';
import type { TemplateVariable } from './template-variable.ts';

/** A line of the older or the newer content, or of both. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

export interface TemplateDiff {
  readonly lines: readonly DiffLine[];
  /** Names of variables. */
  readonly variables: Readonly<Record<'added' | 'removed' | 'changed', readonly string[]>>;
}

type Content = RenderableTemplate<readonly TemplateVariable[]>;

/** The difference between two versions of a template: lines of the content, and variables. */
export function diffTemplates(before: Content, after: Content): TemplateDiff {
  const [old, current] = [variablesOf(before), variablesOf(after)];
  return {
    lines: diffLines(before.templateContent.split('\n'), after.templateContent.split('\n')),
    variables: {
      added: [...current.keys()].filter((name) => !old.has(name)),
      removed: [...old.keys()].filter((name) => !current.has(name)),
      changed: [...current.keys()].filter(
        (name) => old.has(name) && old.get(name) !== current.get(name),
      ),
    },
  };
}

/** Each variable as text, whatever the order of its properties. */
const variablesOf = ({ variables }: Content): ReadonlyMap<string, string> =>
  new Map(
    (variables ?? []).map((one) => [one.name, JSON.stringify(Object.entries(one).toSorted())]),
  );

/** Beyond it, the table of the longest common subsequence would take too much memory. */
const MAX_CELLS = 4_000_000;

function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start])
    start += 1;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before.at(-1 - end) === after.at(-1 - end)
  ) {
    end += 1;
  }
  const [old, current] = [
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ];
  const mark =
    (kind: DiffLine['kind']) =>
    (text: string): DiffLine => ({ kind, text });
  return [
    ...before.slice(0, start).map(mark('same')),
    ...(old.length * current.length > MAX_CELLS
      ? [...old.map(mark('removed')), ...current.map(mark('added'))]
      : changedLines(old, current)),
    ...before.slice(before.length - end).map(mark('same')),
  ];
}

/** By the longest common subsequence of the lines. */
function changedLines(old: readonly string[], current: readonly string[]): readonly DiffLine[] {
  const width = current.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = current.length - 1; b >= 0; b -= 1) {
      lengths[a * width + b] =
        old[a] === current[b]
          ? (lengths[(a + 1) * width + b + 1] ?? 0) + 1
          : Math.max(lengths[(a + 1) * width + b] ?? 0, lengths[a * width + b + 1] ?? 0);
    }
  }
  const lines: DiffLine[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < current.length) {
    const [before, after] = [old[a], current[b]];
    if (before !== undefined && before === after) {
      lines.push({ kind: 'same', text: before });
      a += 1;
      b += 1;
    } else if (
      before !== undefined &&
      (after === undefined ||
        (lengths[(a + 1) * width + b] ?? 0) >= (lengths[a * width + b + 1] ?? 0))
    ) {
      lines.push({ kind: 'removed', text: before });
      a += 1;
    } else {
      lines.push({ kind: 'added', text: after ?? '' });
      b += 1;
    }
  }
  return lines;
}
