/** One rotation in a process of its own, whose memory is measured. */
import process from 'node:process';
import { openKeyRing } from '../../../src/server.ts';
import { rotateOnce } from './open-rotation.ts';

const [url = '', expected = ''] = process.argv.slice(2);
const written = await rotateOnce(url, await openKeyRing(), new AbortController().signal);
if (String(written) !== expected)
  throw new Error(`${written} values were written, not ${expected}`);
