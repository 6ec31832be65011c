import type { Place } from '../report/place.ts';

/** A view. Zero replicates tables only. */
export interface View {
  /** See `tableId`. */
  readonly id: string;
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  readonly exportName: string;
  readonly materialized: boolean;
  /** Its query; absent where the definitions only say that it exists. */
  readonly sql?: string;
  /** Storage parameters and settings: `{ security_invoker: 'true' }`. */
  readonly with: Readonly<Record<string, string>>;
  readonly at?: Place;
}

/** Whether it runs with the rights of whoever asks, and under their policies. */
export const isSecurityInvoker = (view: View): boolean => view.with['security_invoker'] === 'true';
