import { type ReactNode, useEffect, useRef } from 'react';

/** As in the style sheets: from here on lists and what is chosen in them stand one below the other. */
const NARROW = '(width < 60rem)';

/** What was chosen in a list, beside it. Where it stands below the list it is brought into view, else nothing seems to happen. */
export function Detail({ children }: { children: ReactNode }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (window.matchMedia(NARROW).matches) place.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <div ref={place} className="stack detail">
      {children}
    </div>
  );
}
