import { join } from 'node:path';

/** The journal file of a migrations folder. */
export const journalFile = (folder: string): string => join(folder, 'meta', '_journal.json');
