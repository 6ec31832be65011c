/** A command of a text that may hold several, and where it begins (from 1, as Postgres counts). */
export interface Command {
  readonly text: string;
  readonly position: number;
}

// Whatever may hold a semicolon that ends nothing. Comments nest in Postgres,
// which no pattern can follow; the innermost end is close enough for a check.
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

/** Splits at the semicolons that end a command, looking past strings, bodies and comments. */
export function topLevelCommands(sql: string): readonly Command[] {
  // Blanked out with as many characters, so that positions stay true.
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
