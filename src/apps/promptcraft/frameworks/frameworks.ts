import { roses } from './roses.ts';
import { ape } from './ape.ts';
import { tag } from './tag.ts';
import { era } from './era.ts';
import { race } from './race.ts';
import { rise } from './rise.ts';
import { care } from './care.ts';
import { coast } from './coast.ts';
import { trace } from './trace.ts';

/** The frameworks of this package, by their names. The seed inserts them as rows. */
export const frameworks = { roses, ape, tag, era, race, rise, care, coast, trace } as const;
