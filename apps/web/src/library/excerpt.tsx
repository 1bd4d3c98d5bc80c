import type { ReactNode } from 'react';

/** Pieces of a text, those between ⟦ and ⟧ marked: `['a ', { mark: 'b' }, ' c']`. An unclosed mark goes to the end. */
export function pieces(excerpt: string): { text: string; mark: boolean }[] {
  return excerpt
    .split('⟦')
    .flatMap((part, i) => {
      if (i === 0) return [{ text: part, mark: false }];
      const end = part.indexOf('⟧');
      if (end < 0) return [{ text: part, mark: true }];
      return [
        { text: part.slice(0, end), mark: true },
        { text: part.slice(end + 1), mark: false },
      ];
    })
    .filter(({ text }) => text !== '');
}

/** A found passage; what was searched for is marked. */
export function Excerpt({ text, language }: { text: string; language: string | null }): ReactNode {
  return (
    <p lang={language ?? undefined} className="excerpt">
      {pieces(text).map((piece, i) => {
        const key = `${i} ${piece.text}`;
        return piece.mark ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
      })}
    </p>
  );
}
