import type { ClaimDeclaration, Claims } from '../../../model/rule.ts';
import { ownClaim } from '../own-claims.ts';
import { put } from './draw-token.ts';
import type { Scene } from './scene.ts';

/**
 * Lists that are missing from a token and must be added, because otherwise it would show nothing: a
 * missing list makes a condition unknown, and an empty one false.
 */
export function lackingLists(
  scene: Scene,
  declared: readonly (readonly [string, ClaimDeclaration])[],
  shows: (scene: Scene) => boolean,
): readonly string[] {
  if (Object.keys(scene.claims).length === 0) return [];
  const lacking = declared.flatMap(([name, declaration]) => {
    if (!declaration.type.endsWith('[]')) return [];
    if (ownClaim(declaration, scene.claims) !== undefined) return [];
    const claims = structuredClone(scene.claims) as Record<string, unknown>;
    put(claims, declaration.path, []);
    return shows({ ...scene, claims: claims as Claims }) ? [] : [name];
  });
  return [...new Set(lacking)];
}
