/**
 * The prose of a doc comment as one line: without stars, tags and examples, a
 * link as the name that it shows.
 *
 * @example
 * docText(' Made by {@link newId}.\n * Never reused.\n * @example newId() ');
 * // 'Made by newId. Never reused.'
 */
export function docText(comment: string): string | undefined {
  const prose = comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .split(/^\s*@\w/m, 1)[0];
  const line = (prose ?? '')
    .replaceAll(/\{@link\s+([^}|\s]+)(?:[|\s]+([^}]*))?\}/g, (_, target: string, label?: string) =>
      label?.trim() ? label.trim() : target,
    )
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line === '' ? undefined : line;
}
