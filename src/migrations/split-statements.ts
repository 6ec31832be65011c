import type { Statement } from './migration.ts';

const breakpoint = '--> statement-breakpoint';

/** Splits a file where Drizzle's migrator does, so that both run the same texts. */
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

/** The line in the file of a Postgres error position, which counts characters from 1. */
export function lineOfPosition(statement: Statement, position: number | undefined): number {
  if (position === undefined) return statement.line;
  const before = [...statement.text].slice(0, position - 1).join('');
  return statement.line + countLineBreaks(before);
}

const countLineBreaks = (text: string): number => text.split('\n').length - 1;
