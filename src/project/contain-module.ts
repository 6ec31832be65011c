import process from 'node:process';

/**
 * Runs a module of the user's so that it cannot end the generator: by `process.exit`,
 * which with 0 would be success and nothing written, by an error that nobody waits
 * for, or by waiting for what never comes.
 */
export async function containModule<Result>(work: () => Promise<Result>): Promise<Result> {
  const { exit } = process;
  const failed = Promise.withResolvers<never>();
  process.exit = (code) => {
    const refused = new Error(`it calls process.exit(${code ?? ''}).`);
    // It may be caught where it was called.
    failed.reject(refused);
    throw refused;
  };
  const idle = (): void => failed.reject(new Error('it waits for something that never comes.'));
  process.on('uncaughtException', failed.reject);
  process.on('beforeExit', idle);
  try {
    const result = await Promise.race([failed.promise, work()]);
    // An exit that was caught comes before what it returned.
    return await Promise.race([failed.promise, result]);
  } finally {
    process.exit = exit;
    process.off('uncaughtException', failed.reject);
    process.off('beforeExit', idle);
  }
}
