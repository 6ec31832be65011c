import type { Draw } from './draw.ts';

/** Signs and words that a quoting, an escape, a parser or a collation may treat specially. */
const WORDS =
  "' '' \" \\ \\x2d -- /* */ ; $$ $1 $body1$ % _ { } , [] NULL ::text ? :name ` ${x} a B 0 -1 true";
const CHARACTERS =
  '\n\r\t\u0001\u007f\u0085\u00a0\u200b\u200f\u2028\ufeff\ufffd\uffff\u{10ffff}\u{1f600}\u0301\u00df\u0131\u1e9e\u3042\u05d0';
const PARTS = [...WORDS.split(' '), ...CHARACTERS, ' ', '--> statement-breakpoint', '\r\n'];

/** A text of everything that a text may hold: no NUL and no lone surrogate, which Postgres cannot store. */
export function drawText(draw: Draw): string {
  const parts = Array.from({ length: 1 + draw.number(5) }, () =>
    draw.percent(25) ? anyCharacter(draw) : draw.pick(PARTS),
  );
  const text = parts.join('');
  return draw.percent(3) ? text.repeat(300) : text;
}

/** Any character but NUL and the surrogates. */
function anyCharacter(draw: Draw): string {
  const code = 1 + draw.number(draw.percent(50) ? 0xfe : 0x10_f7fe);
  return String.fromCodePoint(code >= 0xd800 ? code + 0x800 : code);
}
