import { loadDrizzleQuickly } from '../src/cli/load-drizzle-quickly.ts';

// For --import: test workers load Drizzle as `garden` does.
loadDrizzleQuickly();
