import assert from 'node:assert/strict';
import { newId } from '../../../src/kit/id.ts';
import { grove } from '../plant-grove.ts';
import { poll } from '../poll.ts';
import type { Scenario } from '../scenario.ts';

export const requestScenarios: readonly Scenario[] = [
  {
    name: 'request a package, and watch the request until it is completed',
    async run({ visit, garden: { sql } }) {
      const { page, go, signIn, sees } = await visit();
      const name = 'requested-package';
      await go('/');
      // Access rules decide who sees follow-up requests: now only admins.
      await signIn('admin', 'Gerda');
      await page.getByRole('searchbox').fill(name);
      await page.getByRole('button', { name: 'Request it' }).click();
      await sees(page.getByRole('heading', { level: 1, name: 'My requests' }));
      const request = page.getByRole('list', { name: 'Requests' }).getByRole('listitem').first();
      await sees(request.getByText('waiting'));
      const [row] = await poll(
        () => sql<{ id: string }[]>`select id from package_requests where package_name = ${name}`,
      );
      // From here on, this simulates a worker.
      await sql`update package_requests set status = 'fetching', attempt_count = 1 where id = ${row.id}`;
      await sees(request.getByText('being fetched'));
      const now = new Date();
      const planted = newId();
      await sql`
        insert into packages (id, name, registry, created_at, updated_at)
        values (${planted}, ${name}, 'npm', ${now}, ${now})`;
      await sql`
        insert into package_requests (id, package_name, registry, source_request_id,
          root_request_id, is_auto_queued, depth, priority, status, attempt_count, run_at,
          created_at, updated_at)
        values (${newId()}, 'its-need', 'npm', ${row.id}, ${row.id}, true, 1, 50, 'pending', 0,
          ${now}, ${now}, ${now})`;
      await sql`
        update package_requests set status = 'completed', package_id = ${planted}
        where id = ${row.id}`;
      await sees(request.getByText('planted', { exact: true }));
      await page.getByText('dependencies requested: 1, planted: 0').click();
      await sees(page.getByRole('link', { name: 'its-need' }));
      await page.getByRole('link', { name }).click();
      await sees(page.getByRole('region', { name: 'Request' }).getByText('planted'));
    },
  },
  {
    name: 'a refused request is rolled back; a pending one can be cancelled',
    expects: /Mutator "requests\|create" app error|refused/,
    async run({ visit, garden: { sql } }) {
      const { page, go, signIn, sees, misses } = await visit();
      await go('/requests');
      await signIn('user', 'Hans');
      const name = page.getByRole('textbox', { name: 'Package' });
      await name.fill(grove.waiting);
      await page.getByRole('button', { name: 'Request it' }).click();
      const notice = page.getByRole('alert').filter({ hasText: 'rejected' });
      await sees(notice);
      assert.match(await notice.innerText(), /refused: this package is already queued/);
      const item = (text: string) => page.getByRole('listitem').filter({ hasText: text });
      await misses(item(grove.waiting));
      await name.fill('changed-my-mind');
      await page.getByRole('button', { name: 'Request it' }).click();
      await page.getByRole('button', { name: 'Cancel changed-my-mind' }).click();
      await sees(item('changed-my-mind').getByText('cancelled'));
      await poll(
        () => sql`
          select id from package_requests
          where package_name = 'changed-my-mind' and status = 'cancelled'`,
      );
    },
  },
];
