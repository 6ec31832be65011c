import { fingerprint } from '../../model/fingerprint.ts';
import { quoteName, quoteText } from '../../model/quote-sql.ts';
import { schemaOf } from '../../model/table-id.ts';
import { isSecurityInvoker, type View } from '../../model/view.ts';
import type { CompanionObject } from './companion-object.ts';
import { doBlock } from './do-block.ts';
import type { AccessSource } from './emit-existence-functions.ts';

/**
 * Grants on the views of a schema with access rules. A view runs with the rights of its
 * owner and bypasses all policies, unless it is a security_invoker view. Only
 * security_invoker views are granted. A materialized view stores its own rows, which no
 * policy protects. A view with readers of its own is granted to them alone.
 */
export function emitViewGrants(
  views: readonly View[],
  { roles }: AccessSource,
): readonly CompanionObject[] {
  const to = roles.map((role) => quoteName(role)).join(', ');
  return views.map((view) => {
    const on = quoteName(schemaOf(view), view.name);
    const revoke = `revoke all on ${on} from public, ${to};`;
    return {
      key: `grants on view ${on}`,
      create:
        view.sql === undefined
          ? revokeIfThere(on, revoke)
          : isSecurityInvoker(view) && view.readers === undefined
            ? `${revoke}\n--> statement-breakpoint\ngrant select on ${on} to ${to};`
            : revoke,
      drop: view.sql === undefined ? '' : revoke,
      inputs: inputsOf(view),
      on,
    };
  });
}

/** Grants on the views that have readers of their own. The roles exist. */
export function emitReaders(views: readonly View[]): readonly CompanionObject[] {
  return views.flatMap((view) => {
    const on = quoteName(schemaOf(view), view.name);
    return (view.readers ?? []).map((role) => {
      const revoke = `revoke all on ${on} from public, ${quoteName(role)};`;
      return {
        key: `grants on view ${on} to ${quoteName(role)}`,
        create: `${revoke}\n--> statement-breakpoint\ngrant select on ${on} to ${quoteName(role)};`,
        drop: revoke,
        inputs: inputsOf(view),
        on,
      };
    });
  });
}

/** drizzle-kit recreates a view whose query changed, which drops its grants. */
const inputsOf = (view: View): string => fingerprint(JSON.stringify([view.sql, view.with]));

/** A view that is created elsewhere may not exist yet. */
const revokeIfThere = (on: string, revoke: string): string =>
  doBlock(`begin
  if to_regclass(${quoteText(on)}) is not null then
    ${revoke}
  end if;
end`);
