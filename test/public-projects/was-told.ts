import type { Finding } from '../../src/report/problem.ts';

/** Whether a finding names the table, by any of its names, or the given member. */
export function wasTold(
  findings: readonly Finding[],
  names: readonly string[],
  member?: string,
): boolean {
  return findings.some(({ message, places = [] }) => {
    const text = [message, ...places.map(({ name }) => name)].join('\n');
    return names.some((name) =>
      member === undefined
        ? hasWord(text, name)
        : hasWord(text, `${name}.${member}`) ||
          (text.startsWith(`of ${name},`) && hasWord(text, member)),
    );
  });
}

const hasWord = (text: string, word: string): boolean =>
  new RegExp(String.raw`(?<![\w$.])${word.replaceAll(/[.$]/g, String.raw`\$&`)}(?!\.?[\w$])`).test(
    text,
  );
