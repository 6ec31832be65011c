import { stripVTControlCharacters } from 'node:util';

/**
 * Splits output into lines without terminal sequences. An incomplete last line is kept until its
 * end arrives.
 */
export function lineWriter(write: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const shown = stripVTControlCharacters(line).trimEnd();
      if (shown !== '') write(shown);
    }
  };
}
