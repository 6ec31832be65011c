/** A command in a text with several, and its position (in characters, from 1, as in Postgres). */
export interface Command {
  readonly text: string;
  readonly position: number;
}

// Tokens that may contain a semicolon that does not end a command. Comments nest in
// Postgres, which a pattern cannot match; the innermost end is good enough for a check.
const opaque = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`/\*[\s\S]*?\*/`,
    String.raw`\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'`,
    String.raw`'(?:[^']|'')*'`,
    String.raw`"(?:[^"]|"")*"`,
    String.raw`(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)[\s\S]*?\1`,
  ].join('|'),
  'g',
);

/** Splits at semicolons that end a command, ignoring those in strings, bodies and comments. */
export function topLevelCommands(sql: string): readonly Command[] {
  // Replaced by the same number of characters, so that positions remain valid.
  const bare = sql.replace(opaque, (quoted) =>
    quoted.startsWith('-') || quoted.startsWith('/')
      ? quoted.replaceAll(/[^\n]/g, ' ')
      : quoted.replaceAll(/[^\n]/g, '_'),
  );
  const commands: Command[] = [];
  let from = 0;
  for (const part of bare.split(';')) {
    const text = part.trim();
    if (text !== '') {
      const offset = from + part.indexOf(text);
      commands.push({ text, position: Array.from(sql.slice(0, offset)).length + 1 });
    }
    from += part.length + 1;
  }
  return commands;
}
