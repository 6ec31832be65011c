import assert from 'node:assert/strict';
import type postgres from 'postgres';
import { grove } from '../plant-grove.ts';
import type { Scenario } from '../scenario.ts';
import type { Visitor } from '../visitor.ts';

const OTHER = 'grove-060';
const HUB = `/package/jsr/${grove.hub}`;

const chip = ({ page }: Visitor, tag: string) =>
  page.getByRole('list', { name: 'Tags of this package' }).getByRole('link', { name: tag });

async function tagIt({ page }: Visitor, tag: string): Promise<void> {
  await page.getByRole('combobox', { name: 'A tag for this package' }).selectOption(tag);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}

const tagsOf = async (sql: postgres.Sql, name: string): Promise<readonly string[]> => {
  const rows = await sql<{ slug: string }[]>`
    select t.slug from package_tags a join tags t on t.id = a.tag_id
    join packages p on p.id = a.package_id where p.name = ${name} order by t.slug`;
  return rows.map(({ slug }) => slug);
};

export const syncScenarios: readonly Scenario[] = [
  {
    name: "two users see each other's changes without a reload",
    async run({ visit, garden }) {
      const ada = await visit();
      const bob = await visit();
      for (const [one, name] of [
        [ada, 'Ada'],
        [bob, 'Bob'],
      ] as const) {
        await one.go(HUB);
        await one.signIn('user', name);
      }
      await tagIt(ada, 'evergreen');
      await bob.sees(chip(bob, 'evergreen'));
      await bob.sees(bob.page.getByText('by Ada'));
      // Bob may not remove a tag that another user added.
      const off = { name: 'Remove the tag evergreen' };
      assert.equal(await bob.page.getByRole('button', off).count(), 0);
      await tagIt(bob, 'fern');
      await ada.sees(chip(ada, 'fern'));
      await ada.page.getByRole('button', off).click();
      await bob.misses(chip(bob, 'evergreen'));
      assert.deepEqual(await tagsOf(garden.sql, grove.hub), ['fern']);
    },
  },
  {
    name: 'offline: a change is visible at once, kept, and sent when the network is back',
    expects: /ERR_INTERNET_DISCONNECTED|WebSocket connection|Failed to connect|Ping|connect/i,
    async run({ visit, garden }) {
      const eva = await visit();
      const fred = await visit();
      for (const [one, name] of [
        [eva, 'Eva'],
        [fred, 'Fred'],
      ] as const) {
        await one.go(`/package/jsr/${OTHER}`);
        await one.signIn('user', name);
        await one.page.getByRole('option', { name: 'moss' }).waitFor({ state: 'attached' });
      }
      await eva.setOffline(true);
      await eva.sees(eva.page.getByText(/^Offline\./));
      await tagIt(eva, 'moss');
      await eva.sees(chip(eva, 'moss'));
      await tagIt(fred, 'evergreen');
      await fred.sees(fred.page.getByText('by Fred'));
      assert.equal(
        await chip(eva, 'evergreen').count(),
        0,
        'Eva is offline, and sees what Fred did',
      );
      assert.equal(await chip(fred, 'moss').count(), 0);
      assert.deepEqual(await tagsOf(garden.sql, OTHER), ['evergreen']);
      await eva.setOffline(false);
      await eva.sees(chip(eva, 'evergreen'));
      await fred.sees(chip(fred, 'moss'));
      await eva.misses(eva.page.getByText(/^Offline\./));
      assert.deepEqual(await tagsOf(garden.sql, OTHER), ['evergreen', 'moss']);
    },
  },
  {
    name: 'a denied write is rolled back, and the reason is shown',
    expects: /Mutator "packages\|remove" app error|denied/,
    async run({ visit, garden }) {
      const mallory = await visit();
      const { page } = mallory;
      await mallory.go('/package/jsr/grove-061');
      await mallory.signIn('user', 'Mallory');
      // Her page claims that she is an admin, but her token does not.
      await page.evaluate(() => {
        const key = 'techgarden.session';
        const session = JSON.parse(localStorage.getItem(key) ?? '{}');
        session.principal.roles = ['admin'];
        localStorage.setItem(key, JSON.stringify(session));
      });
      await page.reload();
      const remove = page.getByRole('button', { name: 'Delete', exact: true });
      await remove.waitFor();
      await page.evaluate(() => {
        new MutationObserver(() => {
          if (document.body.textContent.includes('Only admins see it')) {
            document.body.dataset['seen'] = 'deleted';
          }
        }).observe(document.body, { subtree: true, childList: true });
      });
      await remove.click();
      const notice = page.getByRole('alert').filter({ hasText: 'Delete grove-061: rejected' });
      await mallory.sees(notice);
      assert.match(
        await notice.innerText(),
        /You are not allowed to do this \(denied: packages\.update/,
      );
      await mallory.sees(remove);
      assert.equal(await page.locator('body').getAttribute('data-seen'), 'deleted');
      const [row] = await garden.sql`select deleted_at from packages where name = 'grove-061'`;
      assert.equal(row?.['deleted_at'], null);
    },
  },
];
