import type { CommandContext } from '../../command/command.ts';
import type { Finding } from '../../report/problem.ts';
import { printFindings } from '../generate/print-plan.ts';

/**
 * Prints the warnings that the previous call did not have. A line number changes with every edit
 * above it, so it does not count.
 */
export function findingReporter({
  io,
  paint,
}: Pick<CommandContext, 'io' | 'paint'>): (warnings: readonly Finding[]) => void {
  let known: ReadonlySet<string> = new Set();
  return (warnings) => {
    const next = warnings.filter((one) => !known.has(keyOf(one)));
    known = new Set(warnings.map(keyOf));
    io.stderr.write(
      next
        .map((one) => `${paint('yellow', 'warning')} ${printFindings([one], io.cwd, paint)}`)
        .join(''),
    );
  };
}

const keyOf = ({ code, message, object }: Finding): string =>
  [code, object, message.replaceAll(/(?<=\.[mc]?[jt]sx?):\d+/g, '')].join('\0');
