import type { Registry } from '@techgarden/schema';
import type { ReactNode } from 'react';
import { RequestState } from './request-state.tsx';

interface Props {
  readonly registry: Registry;
  readonly name: string;
}

/** A package that the garden does not have, or no longer. */
export function PackageAbsent({ registry, name }: Props): ReactNode {
  return (
    <section className="empty">
      <p>This package of {registry} is not in the garden.</p>
      <RequestState registry={registry} name={name} />
    </section>
  );
}
