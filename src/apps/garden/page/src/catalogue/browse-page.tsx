import { useCallback, useRef, useState, type ReactNode } from 'react';
import { AskForPackage } from '../requests/ask-for-package.tsx';
import { useArrival } from '../router/use-arrival.ts';
import { Filters } from './filters.tsx';
import { PAGE_SIZE, ResultPage } from './result-page.tsx';
import { SearchField } from './search-field.tsx';
import { useSearch } from './use-search.ts';
import { useShownRows } from './use-shown-rows.ts';

/** All packages, or the results of a search. */
export function BrowsePage(): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const [search, change] = useSearch();
  const { rows, isComplete, report } = useShownRows();
  const key = JSON.stringify(search);
  const [pages, setPages] = useState({ key, wanted: 1 });
  const wanted = pages.key === key ? pages.wanted : 1;
  const more = useCallback(() => setPages({ key, wanted: wanted + 1 }), [key, wanted]);
  useArrival('', heading);

  const isFull = rows === wanted * PAGE_SIZE;
  const count = `${rows} ${rows === 1 ? 'package' : 'packages'}${isFull ? ', and more' : ''}`;
  return (
    <div className="catalogue">
      <div className="intro">
        <h1 ref={heading} tabIndex={-1}>
          What grows here
        </h1>
        <p>
          Software packages from several registries, with their versions, dependencies and tags.
        </p>
      </div>
      <SearchField text={search.text} onText={(text) => change({ text })} />
      <Filters search={search} onChange={change} />
      <p className="count" role="status" aria-live="polite">
        {isComplete || rows > 0 ? count : 'Loading …'}
      </p>
      <ul className="results" aria-label="Packages">
        <ResultPage search={search} before={0} wanted={wanted} onShown={report} onMore={more} />
      </ul>
      {isComplete && rows === 0 && (
        <section className="empty">
          <h2>
            {search.text ? `No package name starts with “${search.text}”` : 'No packages yet'}
          </h2>
          <AskForPackage name={search.text} registry={search.registry} />
        </section>
      )}
    </div>
  );
}
