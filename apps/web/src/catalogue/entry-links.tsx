import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { useWholeCatalogue } from './whole.ts';

/** Links to other entries, by their titles. */
export function EntryLinks({ ids }: { ids: readonly string[] }): ReactNode {
  const { id: tenant } = useTenant();
  const { requirements, risks, standards } = useWholeCatalogue();
  const titles = new Map([...requirements, ...risks, ...standards].map(({ id, title }) => [id, title]));
  return (
    <ul className="stack-tight">
      {ids.map((id) => (
        <li key={id}>
          <Link
            to="/t/$tenant/catalogue/$entry"
            params={{ tenant, entry: id }}
            search={((all: object) => all) as never}
            resetScroll={false}
          >
            <span className="mono small">{id}</span> {titles.get(id)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function Titled({ id, title }: { id: string; title: string }): ReactNode {
  return (
    <>
      <span className="mono">{id}</span> {title}
    </>
  );
}
