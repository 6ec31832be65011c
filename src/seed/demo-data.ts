import type { Registry } from '../apps/garden/registry.ts';

/** A package of the demonstration, with a few of its true versions. */
export interface DemoPackage {
  readonly name: string;
  readonly registry: Registry;
  readonly description: string;
  readonly homepage: string;
  readonly repository: string;
  readonly versions: readonly string[];
  /** What the newest of them needs: the range, and what it came to. */
  readonly dependencies: readonly {
    readonly name: string;
    readonly range: string;
    readonly resolved: string;
    readonly type: 'runtime' | 'peer';
  }[];
  readonly tags: readonly string[];
}

/** As the npm registry told in November 2026. */
export const demoPackages: readonly DemoPackage[] = [
  {
    name: 'react',
    registry: 'npm',
    description: 'React is a JavaScript library for building user interfaces.',
    homepage: 'https://react.dev/',
    repository: 'https://github.com/react/react.git',
    versions: ['19.2.9', '19.3.0', '19.3.1', '19.3.0-canary-ff8f88fc-20260915'],
    dependencies: [],
    tags: ['frontend'],
  },
  {
    name: 'react-dom',
    registry: 'npm',
    description: 'React package for working with the DOM.',
    homepage: 'https://react.dev/',
    repository: 'https://github.com/react/react.git',
    versions: ['19.2.9', '19.3.0', '19.3.1'],
    dependencies: [
      { name: 'scheduler', range: '^0.28.0', resolved: '0.28.0', type: 'runtime' },
      { name: 'react', range: '^19.3.1', resolved: '19.3.1', type: 'peer' },
    ],
    tags: ['frontend'],
  },
  {
    name: 'scheduler',
    registry: 'npm',
    description: 'Cooperative scheduler for the browser environment.',
    homepage: 'https://react.dev/',
    repository: 'https://github.com/react/react.git',
    versions: ['0.26.0', '0.27.0', '0.28.0'],
    dependencies: [],
    tags: [],
  },
  {
    name: 'hono',
    registry: 'npm',
    description: 'Web framework built on Web Standards',
    homepage: 'https://hono.dev',
    repository: 'https://github.com/honojs/hono.git',
    versions: ['4.13.17', '4.13.18', '4.13.19', '4.5.0-rc.2'],
    dependencies: [],
    tags: ['backend'],
  },
  {
    name: 'drizzle-orm',
    registry: 'npm',
    description: 'Drizzle ORM package for SQL databases',
    homepage: 'https://orm.drizzle.team',
    repository: 'https://github.com/drizzle-team/drizzle-orm.git',
    versions: ['0.45.2', '0.45.3', '0.45.4', '1.0.0-rc.5-ab785fc'],
    dependencies: [],
    tags: ['backend', 'database'],
  },
];

/** The first tags, with their colours. */
export const demoTags: Readonly<Record<string, string>> = {
  frontend: '#2f81f7',
  backend: '#3fb950',
  database: '#a371f7',
};
