import assert from 'node:assert/strict';
import { grove } from '../plant-grove.ts';
import type { Scenario } from '../scenario.ts';

export const browseScenarios: readonly Scenario[] = [
  {
    name: 'search as you type, filter by registry and tag, share the address',
    async run({ visit }) {
      const { page, go, sees, misses } = await visit();
      await go('/');
      const rows = page.getByRole('list', { name: 'Packages' }).getByRole('link');
      await page.getByRole('searchbox').pressSequentially('GROVE-11');
      await sees(page.getByRole('status').getByText('10 packages', { exact: true }));
      assert.equal((await rows.allTextContents()).at(-1), 'grove-119jsr');
      await page.getByRole('searchbox').fill('');
      await page.getByRole('button', { name: /^All \d+ tags/ }).click();
      await page.getByRole('button', { name: 'moss' }).click();
      await sees(page.getByText('1 package', { exact: true }));
      assert.deepEqual(await rows.allTextContents(), [`${grove.tagged}jsr`]);
      await page.getByRole('button', { name: 'npm' }).click();
      await sees(page.getByText('0 packages'));
      await misses(rows);
      await page.reload();
      await sees(page.getByText('0 packages'));
      assert.equal(
        await page.getByRole('button', { name: 'npm' }).getAttribute('aria-pressed'),
        'true',
      );
    },
  },
  {
    name: 'the list continues while scrolling, without gaps and repetitions',
    async run({ visit, garden }) {
      const { page, go, sees } = await visit();
      await go(`/?q=${grove.prefix}`);
      const names = page.getByRole('list', { name: 'Packages' }).locator('.package-name');
      await names.nth(49).waitFor();
      for (const least of [100, grove.count + 1]) {
        await names.last().scrollIntoViewIfNeeded();
        await names.nth(least - 1).waitFor();
      }
      await sees(page.getByText(`${grove.count + 1} packages`, { exact: true }));
      const shown = await names.allTextContents();
      // A row that disappears from the first page must not leave a gap before the second one.
      await garden.sql`update packages set deleted_at = now() where name = ${shown[3] ?? ''}`;
      await sees(page.getByText(`${grove.count} packages`, { exact: true }));
      const after = await names.allTextContents();
      await garden.sql`update packages set deleted_at = null where name = ${shown[3] ?? ''}`;
      assert.deepEqual(shown, [...new Set(shown)].toSorted());
      assert.deepEqual(after, shown.toSpliced(3, 1));
    },
  },
  {
    name: 'a package shows its versions, its graph and its neighbours',
    async run({ visit }) {
      const { page, go, sees } = await visit();
      await go(`/package/jsr/${grove.hub}`);
      const graph = page.getByRole('group', { name: `Dependency graph of ${grove.hub}` });
      await sees(graph.getByRole('link', { name: 'grove-008, needed, 2 away' }));
      await sees(graph.getByRole('link', { name: 'grove-019, needs it' }));
      const versions = page.getByRole('region', { name: 'Versions' }).getByRole('listitem');
      assert.deepEqual(await versions.getByRole('link').allTextContents(), [
        '2.0.0-beta.1',
        '1.0.0',
        '0.9.0',
      ]);
      await sees(versions.filter({ hasText: '2.0.0-beta.1' }).getByText('prerelease'));
      await sees(versions.filter({ hasText: '1.0.0' }).getByText('latest'));
      await sees(versions.filter({ hasText: '0.9.0' }).getByText('yanked'));
      // Development dependencies are listed, but not in the graph.
      await sees(page.getByRole('region', { name: 'Dependencies' }).getByText('grove-029'));
      assert.equal(await graph.getByText('grove-029').count(), 0);
      await page.getByRole('link', { name: '2.0.0-beta.1' }).click();
      await sees(page.getByText('2.0.0-beta.1 has no dependencies.'));
      await graph.getByRole('link', { name: 'grove-019, needs it' }).click();
      await sees(page.getByRole('heading', { level: 1, name: 'grove-019' }));
    },
  },
];
