import type { ClaimDeclaration, Claims, ClaimType } from '../../model/rule.ts';
import type { Draw } from './draw.ts';
import type { Pools } from './draw-pools.ts';

interface PrincipalOptions {
  /** The rules are the user's: most claims must be valid, or nothing is allowed. */
  readonly known: boolean;
  /** Claims that are never malformed. */
  readonly sound?: readonly string[];
}

/** A principal: most claims are valid, some are missing, malformed or empty lists. */
export function drawPrincipal(
  draw: Draw,
  pools: Pools,
  declarations: Readonly<Record<string, ClaimDeclaration>>,
  { known, sound = [] }: PrincipalOptions,
): Claims {
  const claims: Record<string, unknown> = {};
  // The claims of an anonymous principal.
  if (draw.percent(6)) return claims;
  // Some tokens have many malformed claims.
  const malformed = draw.percent(known ? 15 : 30) ? 60 : known ? 5 : 10;
  for (const [name, { type, path }] of Object.entries(declarations)) {
    const fate = draw.number(99);
    if (fate < 10) continue;
    const value =
      fate < 10 + malformed && !sound.includes(name)
        ? drawMalformed(draw, pools, type)
        : drawClaim(draw, pools, { name, type }, known ? SOME : FEW);
    put(claims, path, value);
  }
  // Sometimes a whole branch of the token has another type.
  if (draw.percent(3)) {
    const [step] = draw.pick(Object.values(declarations)).path;
    const isSound = sound.some((name) => declarations[name]?.path[0] === step);
    if (step !== undefined && !isSound)
      claims[step] = draw.pick<unknown>([null, 'x', [], ['admin'], 7, {}]);
  }
  return claims;
}

function put(claims: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let at = claims;
  for (const step of path.slice(0, -1)) {
    at = (at[step] ??= {}) as Record<string, unknown>;
  }
  at[last] = value;
}

/** Lengths of lists. */
const FEW = [0, 0, 1, 1, 2, 3];
const SOME = [0, 1, 1, 1, 2, 3];

function drawClaim(
  draw: Draw,
  pools: Pools,
  { name, type }: { readonly name: string; readonly type: ClaimType },
  lengths: readonly number[],
): unknown {
  switch (type) {
    case 'uuid':
      return drawUuid(draw, pools);
    case 'uuid[]':
      return drawList(draw, lengths, () => drawUuid(draw, pools));
    case 'text[]':
      return drawList(draw, lengths, () => draw.pick(name === 'roles' ? pools.role : pools.text));
    case 'integer[]':
      return drawList(draw, lengths, () => draw.pick(pools.integer));
    default:
      return draw.pick<unknown>(pools[type]);
  }
}

/** A token may spell a uuid in upper case; rules compare it in lower case. */
function drawUuid(draw: Draw, pools: Pools): string {
  const uuid = draw.pick(pools.uuid);
  return draw.percent(30) ? uuid.toUpperCase() : uuid;
}

function drawList(draw: Draw, lengths: readonly number[], item: () => unknown): unknown[] {
  return Array.from({ length: draw.pick(lengths) }, item);
}

/** Malformed values that a parser might accept. */
function drawMalformed(draw: Draw, pools: Pools, type: ClaimType): unknown {
  const uuid = draw.pick(pools.uuid);
  const word = draw.percent(50) ? draw.pick(pools.role) : draw.pick(pools.text);
  const text = draw.pick(pools.text);
  const integer = draw.pick(pools.integer);
  const near: Readonly<Record<ClaimType, readonly unknown[]>> = {
    uuid: [`{${uuid}}`, uuid.replaceAll('-', ''), `${uuid}\n`, ` ${uuid}`, [uuid], ''],
    text: [0, [text], { [text]: text }, null],
    integer: [String(integer), String(integer), integer + 0.25, 2 ** 53, -1e300, [integer], true],
    boolean: ['true', 'false', 'true', 1, 0, [true]],
    'uuid[]': [uuid, [uuid, null], [uuid, 'x'], [[uuid]], { [uuid]: true }, `{${uuid}}`, [1]],
    'text[]': [word, word, [word, null], [word, 1], { [word]: true }, [[word]], `{${word}}`],
    'integer[]': [
      integer,
      [String(integer)],
      [integer, 1.5],
      [integer, null],
      { 0: integer },
      String(integer),
    ],
  };
  return draw.percent(10) ? draw.pick([null, {}, false, 'x', 42]) : draw.pick(near[type]);
}
