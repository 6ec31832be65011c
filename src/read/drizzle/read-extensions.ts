import type { Extension } from '../../model/extension.ts';

/** The extensions among a schema's exports. */
export function readExtensions(exported: readonly unknown[]): readonly Extension[] {
  return exported
    .filter(isExtension)
    .map(({ name, indexes }) => ({ name, optional: true, indexes }));
}

function isExtension(value: unknown): value is Extension {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'extension'
  );
}
