import assert from 'node:assert/strict';
import { newId } from '../../../src/kit/id.ts';
import { grove } from '../plant-grove.ts';
import type { Scenario } from '../scenario.ts';

export const adminScenarios: readonly Scenario[] = [
  {
    name: 'an admin deletes and restores a package, and others see it live',
    async run({ visit }) {
      const nora = await visit();
      const guest = await visit();
      await nora.go('/package/jsr/grove-070');
      await nora.signIn('admin', 'Nora');
      await guest.go('/package/jsr/grove-070');
      await guest.sees(guest.page.getByText('A test package, grove-070'));
      await nora.page.getByRole('button', { name: 'Delete', exact: true }).click();
      await guest.sees(guest.page.getByText('is not in the garden'));
      await nora.page.getByRole('link', { name: 'Admin' }).click();
      await nora.page.getByRole('link', { name: 'Deleted' }).click();
      await nora.sees(nora.page.getByText(/by Nora/));
      await nora.page.getByRole('button', { name: 'Restore grove-070' }).click();
      await guest.sees(guest.page.getByText('A test package, grove-070'));
    },
  },
  {
    name: 'an admin creates, changes, deletes and restores a tag',
    async run({ visit }) {
      const { page, go, signIn, sees, misses } = await visit();
      await go('/');
      await signIn('admin', 'Olga');
      await page.getByRole('link', { name: 'Admin' }).click();
      await page.getByRole('navigation', { name: 'Admin' }).getByText('Tags').click();
      const form = page.getByRole('form', { name: 'New tag' });
      await form.getByRole('textbox', { name: 'Name' }).fill('Night shade');
      await form.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Change Night shade' }).click();
      const change = page.getByRole('form', { name: 'Change Night shade' });
      await change.getByRole('textbox', { name: 'Description' }).fill('for terminals');
      await change.getByRole('button', { name: 'Save' }).click();
      await sees(page.getByText('for terminals'));
      await page.getByRole('button', { name: 'Delete Night shade' }).click();
      await misses(page.getByText('for terminals'));
      await page.getByRole('link', { name: 'Deleted' }).click();
      await page.getByRole('button', { name: 'Restore Night shade' }).click();
      await page.getByRole('link', { name: 'Browse' }).click();
      await page.getByRole('button', { name: /^All \d+ tags/ }).click();
      await sees(page.getByRole('button', { name: 'Night shade' }));
    },
  },
  {
    name: 'the queue shows unfinished requests, and other states with a filter',
    async run({ visit, garden: { sql } }) {
      const { page, go, signIn, sees, misses } = await visit();
      const now = new Date();
      const requests = ['completed', 'failed', 'cancelled'].map((status) => ({
        id: newId(),
        package_name: `long-${status}`,
        registry: 'npm',
        is_auto_queued: false,
        depth: 0,
        priority: 100,
        status,
        attempt_count: 0,
        run_at: now,
        created_at: now,
        updated_at: now,
      }));
      await sql`insert into package_requests ${sql(requests)}`;
      await go('/admin');
      await signIn('admin', 'Quinn');
      const row = (text: string) => page.getByRole('row').filter({ hasText: text });
      const state = (name: string) =>
        page.getByRole('group', { name: 'State' }).getByRole('button', { name, exact: true });
      await sees(row(grove.waiting));
      await misses(row('long-'));
      assert.equal(await state('unfinished').getAttribute('aria-pressed'), 'true');
      for (const [words, status] of [
        ['planted', 'completed'],
        ['failed', 'failed'],
        ['cancelled', 'cancelled'],
      ] as const) {
        await state(words).click();
        await sees(row(`long-${status}`));
        await misses(row(grove.waiting));
      }
      await state('all').click();
      await sees(row(grove.waiting));
      await sees(row('long-completed'));
    },
  },
];
