import { styleText } from 'node:util';
import type { Io, Output } from './io.ts';

/** Colours a text, or returns it unchanged if the output has no colours. */
export type Paint = (
  style: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan',
  text: string,
) => string;

export function paintFor(output: Output, env: Io['env']): Paint {
  return wantsColour(output, env)
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
}

/** FORCE_COLOR overrides NO_COLOR (no-color.org), as in Node. */
function wantsColour(output: Output, env: Io['env']): boolean {
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return output.isTTY && env['TERM'] !== 'dumb';
}
