import { cleanUpDatabase } from '../../src/ops.ts';
import { logs } from './killed-tables.fixture.ts';

/** A cleanup in a process of its own, which a test kills: `node clean-up-process.ts URL DIR`. */
const [url = '', archive = ''] = process.argv.slice(2);
const { problems } = await cleanUpDatabase(url, { logs }, { archive, pause: 0 });
process.exitCode = problems.length === 0 ? 0 : 1;
