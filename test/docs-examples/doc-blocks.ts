import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A fenced block of a page of the documentation. */
export interface DocBlock {
  /** Language of the fence: `ts`, `yaml`. */
  readonly language: string;
  /** The file of the reader's project that the first line names: `// src/db/notes.ts`. */
  readonly file: string | undefined;
  /** The text after the name of the file: `at the end`. */
  readonly where: string | undefined;
  /** The text without the line that names the file. */
  readonly text: string;
}

const FENCE = /^```(\w+)\n(.*?)^```$/gms;
const FILE = /^(?:\/\/|#) ((?:[\w-]+\/)*[\w.-]+\.\w+|Dockerfile|Caddyfile|\.env)(?:, (.*))?\n/;

/** The blocks of a text, in their order. */
export function docBlocks(text: string): readonly DocBlock[] {
  return [...text.matchAll(FENCE)].map(([, language = '', block = '']) => {
    const named = FILE.exec(block);
    return {
      language,
      file: named?.[1],
      where: named?.[2],
      text: block.slice(named?.[0].length ?? 0),
    };
  });
}

/** A page of the documentation: `docs/start.md`. */
export const readDoc = (page: string): string => readFileSync(join(root, page), 'utf8');

/** The only block of a page for a file of the reader's project. */
export function projectFile(page: string, file: string): string {
  const found = docBlocks(readDoc(page)).filter((block) => block.file === file);
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`${page} has ${found.length} blocks for ${file}`);
  return only.text;
}
