import { describe, expect, test } from 'vitest';
import { ProblemError } from '../report/problem.ts';
import { jsonOption, type Command } from '../command/command.ts';
import { recordIo } from '../command/record-io.fixture.ts';
import { run } from './run.ts';

const command = (name: string, body: Command['run'] = async () => 0): Command => ({
  name,
  summary: `does ${name}`,
  description: `Runs ${name}, and describes it.`,
  options: [
    { name: 'out', value: 'DIR', help: 'where to write', defaultText: '.' },
    { name: 'watch', help: 'go on for ever' },
    jsonOption,
  ],
  examples: [{ command: `garden ${name} --out x`, meaning: 'into x' }],
  whenInterrupted: 'Nothing was written.',
  run: body,
});
const problem = (code: string) => new ProblemError({ code, message: 'it is so.', fix: 'mend it.' });
const runWith = async (args: readonly string[], body?: Command['run'], io = recordIo()) => ({
  code: await run(args, io, { commands: [command('grow', body), command('harvest')] }),
  out: io.out(),
  err: io.err(),
});

describe('help', () => {
  test.each([[[]], [['--help']], [['-h']], [['help']]])('%j lists every command', async (args) => {
    const { code, out, err } = await runWith(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('grow      does grow\n  harvest   does harvest');
    expect(out).toContain('garden grow --out x');
  });

  test.each([[['grow', '--help']], [['grow', '--out', 'x', '-h']], [['help', 'grow']]])(
    '%j describes one command',
    async (args) => {
      const { code, out } = await runWith(args, () => expect.unreachable());
      expect(code).toBe(0);
      expect(out).toMatchInlineSnapshot(`
        "Runs grow, and describes it.

        Usage
          garden grow [--out DIR] [--watch] [--json]

        Options
          --out DIR    where to write
                       (default: .)
          --watch      go on for ever
          --json       print the result, or the problem, as JSON
          -h, --help   this help

        Examples
          # into x
          garden grow --out x

        Exit codes
          0 success   1 found a problem or refused   2 could not start   130 stopped by Ctrl-C
        "
      `);
    },
  );

  test('the help shows the exit code after Ctrl-C if it varies', async () => {
    const io = recordIo();
    const watched: Command = { ...command('grow'), interruptedCode: '0 with --watch' };
    await run(['grow', '--help'], io, { commands: [watched] });
    expect(io.out()).toContain('130 stopped by Ctrl-C (0 with --watch)\n');
  });

  test('--version prints the version of the package', async () => {
    expect((await runWith(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });

  test('colours are only used on terminals, unless the environment overrides this', async () => {
    const coloured = async (isTTY: boolean, env: Record<string, string>) => {
      const io = recordIo({ isTTY, env });
      await run([], io, { commands: [] });
      return io.out().includes('\u001B[');
    };
    expect(await coloured(false, {})).toBe(false);
    expect(await coloured(true, {})).toBe(true);
    expect(await coloured(true, { NO_COLOR: '1' })).toBe(false);
    expect(await coloured(true, { TERM: 'dumb' })).toBe(false);
    expect(await coloured(false, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
    expect(await coloured(true, { FORCE_COLOR: '0' })).toBe(false);
  });
});

describe('an argument', () => {
  const growing = (values?: readonly string[]): Command => ({
    ...command('grow', async ({ argument, io }) => {
      io.stdout.write(`grows ${argument}`);
      return 0;
    }),
    argument: { name: 'PLANT', help: 'which', ...(values && { values }) },
  });
  const grow = async (args: readonly string[], values?: readonly string[]) => {
    const io = recordIo();
    const code = await run(['grow', ...args], io, { commands: [growing(values)] });
    return { code, out: io.out(), err: io.err() };
  };

  test('is passed to the command and may be omitted', async () => {
    expect(await grow(['--watch', 'fern'])).toEqual({ code: 0, out: 'grows fern', err: '' });
    expect(await grow([])).toMatchObject({ out: 'grows undefined' });
    expect((await grow(['--help'], ['fern', 'moss'])).out).toMatch(
      /garden grow \[PLANT\] .*PLANT +which: fern, moss/s,
    );
  });

  test('is refused if the command has none', async () => {
    const refused = await grow(['ferm'], ['fern', 'moss']);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('accepts fern or moss as PLANT, but got "ferm"');
    expect(refused.err).toContain('did you mean fern?');
    expect((await grow(['fern', 'moss'])).err).toContain('accepts one argument');
  });
});

describe('options', () => {
  test('reach the command', async () => {
    let seen: unknown;
    const { code } = await runWith(['grow', '--out=-x', '--json'], async ({ text, flag }) => {
      seen = [text('out'), flag('watch'), flag('json')];
      return 1;
    });
    expect({ code, seen }).toEqual({ code: 1, seen: ['-x', false, true] });
  });

  test.each([
    [['grwo'], 'cli/unknown-command', 'did you mean `garden grow`?'],
    [['harv'], 'cli/unknown-command', 'did you mean `garden harvest`?'],
    [['water'], 'cli/unknown-command', 'the commands are: grow, harvest.'],
    [['--colour'], 'cli/unknown-option', '--help'],
    [['grow', '--wacth'], 'cli/unknown-option', 'did you mean --watch?'],
    [['grow', '-x'], 'cli/unknown-option', '`garden grow --help`'],
    [['grow', '--out'], 'cli/missing-value', 'grow --help'],
    [['grow', '--out', '--watch'], 'cli/missing-value', 'grow --help'],
    [['grow', '--watch=yes'], 'cli/unexpected-value', 'grow --help'],
    [['grow', 'x'], 'cli/unexpected-argument', 'grow --help'],
    [['grow', '--', 'x'], 'cli/unexpected-argument', 'grow --help'],
  ])('%j is %s', async (args, code, fix) => {
    const result = await runWith(args, () => expect.unreachable());
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toContain(`${code}: `);
    expect(result.err).toContain(fix);
  });
});

describe('failures', () => {
  test.each([
    ['migrate/edited', 1],
    ['database/login', 2],
    ['servers/no-zero', 2],
    ['servers/port-taken', 2],
    ['stack/upstream', 2],
    ['stack/part-ended', 1],
    ['seed/bad-size', 2],
    ['seed/another-seed', 1],
    ['testing/no-embedded-postgres', 2],
    ['cli/bad-value', 2],
    ['database/not-migrated', 2],
    ['queue/row-security', 2],
    ['ingest/bad-address', 2],
  ])('%s ends with %d and no stack', async (code, exit) => {
    const result = await runWith(['grow'], () => Promise.reject(problem(code)));
    expect(result).toMatchObject({ code: exit, out: '' });
    expect(result.err).toMatch(new RegExp(`^${code}: it is so\\.[^\n]*\n {4}fix mend it\\.\n$`));
  });

  test('Ctrl-C exits with 130 and prints a line', async () => {
    const result = await runWith(['grow'], () => Promise.reject(problem('cli/interrupted')));
    expect(result).toEqual({
      code: 130,
      out: '',
      err: 'cli/interrupted: it is so. Nothing was written.\n',
    });
  });

  test('after Ctrl-C, consequences of the signal are not reported as failures', async () => {
    const stop = new AbortController();
    const io = recordIo();
    const broken = command('grow', () => {
      queueMicrotask(() => stop.abort(problem('cli/interrupted')));
      return Promise.reject(new Error('the service was stopped'));
    });
    const code = await run(['grow'], io, { commands: [broken], signal: stop.signal });
    expect(code).toBe(130);
    expect(io.err()).toMatch(/^cli\/interrupted: /);
  });

  test('with --json, a problem is the only document on standard output', async () => {
    const result = await runWith(['grow', '--json'], () =>
      Promise.reject(problem('migrate/edited')),
    );
    expect(result).toMatchObject({ code: 1, err: '' });
    expect(JSON.parse(result.out)).toEqual({
      problem: { code: 'migrate/edited', message: 'it is so.', fix: 'mend it.' },
    });
    // Some commands print one document per line, and this is the last one.
    expect(result.out.trimEnd()).not.toContain('\n');
    const typo = await runWith(['grow', '--json', '--oot', 'x']);
    expect(JSON.parse(typo.out)).toMatchObject({ problem: { code: 'cli/unknown-option' } });
  });

  test('any other error is a bug, and is printed with its stack', async () => {
    const result = await runWith(['grow'], () =>
      Promise.reject(new TypeError('x is not a function')),
    );
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toContain('a bug in garden');
    expect(result.err).toMatch(/TypeError: x is not a function\n +at /);
  });
});
