import type { SqlSection } from './emit-sql.ts';

/** A file of the SQL, with its path in the output folder. */
export interface SqlFile {
  readonly path: string;
  readonly text: string;
}

/** All sections as the text of one file. */
export const printSections = (title: string, sections: readonly SqlSection[]): string =>
  `${[`-- ${title}`, ...sections.map(printSection)].join('\n\n')}\n`;

/** One file per section; the numbers are the order in which psql applies them. */
export function splitSections(title: string, sections: readonly SqlSection[]): readonly SqlFile[] {
  return sections.map((section, at) => ({
    path: `${String(at + 1).padStart(2, '0')}_${section.name}.sql`,
    text: printSections(title, [section]),
  }));
}

/** Statements with a heading, as the text of one file. */
export const printStatements = (title: string, statements: readonly string[]): string =>
  `${[`-- ${title}`, ...statements].join('\n\n')}\n`;

const printSection = ({ title, statements }: SqlSection): string =>
  [`-- ${title}`, ...statements].join('\n\n');
