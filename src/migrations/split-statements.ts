import type { Statement } from './migration.ts';

const breakpoint = '--> statement-breakpoint';

/** Splits a file like Drizzle's migrator, so that both run the same statements. */
export function splitStatements(file: string): readonly Statement[] {
  const statements: Statement[] = [];
  let line = 1;
  for (const chunk of file.split(breakpoint)) {
    const text = chunk.trim();
    if (text !== '') {
      const before = chunk.slice(0, chunk.indexOf(text));
      statements.push({ text, line: line + countLineBreaks(before) });
    }
    line += countLineBreaks(chunk);
  }
  return statements;
}

/** The line in the file of a Postgres error position (in characters, from 1). */
export function lineOfPosition(statement: Statement, position: number | undefined): number {
  if (position === undefined) return statement.line;
  const before = [...statement.text].slice(0, position - 1).join('');
  return statement.line + countLineBreaks(before);
}

const countLineBreaks = (text: string): number => text.split('\n').length - 1;
