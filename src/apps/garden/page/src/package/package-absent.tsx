import type { Registry } from '@techgarden/schema';
import type { ReactNode } from 'react';
import { RequestState } from './request-state.tsx';

interface Props {
  readonly registry: Registry;
  readonly name: string;
}

/** Shown for a package that is not in the garden, or was deleted from it. */
export function PackageAbsent({ registry, name }: Props): ReactNode {
  return (
    <section className="empty">
      <p>This package of {registry} is not in the garden.</p>
      <RequestState registry={registry} name={name} />
    </section>
  );
}
