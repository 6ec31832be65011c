import type { ParseResult, parseSync, ParserOptions } from 'oxc-parser';
import { requirePeer } from '../../../report/missing-package.ts';

/** Parses TypeScript. The parser is an optional peer, loaded on first use. */
export function parseTypescript(file: string, text: string, options: ParserOptions): ParseResult {
  const parser = requirePeer<{ parseSync: typeof parseSync }>('reading a schema', 'oxc-parser');
  return parser.parseSync(file, text, options);
}
