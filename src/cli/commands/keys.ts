import type { App } from '../../command/app.ts';
import { databaseOptions } from '../../command/choose-database.ts';
import { jsonOption, type Command } from '../../command/command.ts';
import { chooseAction } from '../keys/choose-action.ts';
import { subjectOptions } from '../subject.ts';

export const keysCommand = (apps: readonly [App, ...App[]]): Command => ({
  name: 'keys',
  summary: 'make, list, rotate and drop the keys of encrypted columns',
  description: `Manages the key ring that encrypts the columns of encrypted(). The ring is in the variable
GARDEN_KEYS, or in the file that GARDEN_KEYS_FILE or --file names. Its first key encrypts,
and all of its keys decrypt.

  new       makes a key: puts it first in the file of the ring, or prints it without a file
  use ID    puts a key of the file first
  list      counts the values that each key encrypts
  rotate    encrypts all values with the first key; it can be stopped and run again
  drop ID   removes a key from the file; refused while a value uses it

To replace a key without an interruption: keys new --standby, deploy the ring to every
server, keys use ID, deploy again, keys rotate, keys drop.`,
  argument: {
    name: 'ACTION',
    help: 'new, use, list, rotate or drop; for use and drop also the ID of a key',
    many: true,
  },
  options: [
    {
      name: 'file',
      value: 'FILE',
      help: 'the file of the key ring',
      defaultText: '$GARDEN_KEYS_FILE',
    },
    {
      name: 'variable',
      value: 'NAME',
      help: 'the variable with the key ring; NAME_FILE names its file',
      defaultText: 'GARDEN_KEYS',
    },
    { name: 'standby', help: 'with new: put the key last, so that it only decrypts' },
    {
      name: 'batch',
      value: 'ROWS',
      help: 'with rotate: maximum number of rows in a transaction',
      defaultText: '2000',
    },
    ...subjectOptions(apps),
    ...databaseOptions,
    jsonOption,
  ],
  examples: [
    { command: 'garden keys new --file keys.txt', meaning: 'make a key ring, or a new key' },
    { command: 'garden keys list', meaning: 'how many values use each key' },
    { command: 'garden keys rotate', meaning: 'encrypt all values with the current key' },
    {
      command: 'garden keys drop 20261130-4f2a91bc --file keys.txt',
      meaning: 'remove a key that no value uses',
    },
  ],
  whenInterrupted: ({ argument }) =>
    argument === 'rotate'
      ? 'Finished batches are kept; run it again to continue.'
      : 'Nothing was changed.',

  run: (context) => chooseAction(context, apps),
});
