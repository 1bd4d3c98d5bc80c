import type { ReactNode } from 'react';
import { usePathPart } from '../shell/index.ts';
import { DocumentPage } from './document.tsx';
import { Library } from './library.tsx';
import './library.css';

/** Documents of the organisation: all of them with search, or one with what was read in it. */
export default function LibraryPage(): ReactNode {
  const document = usePathPart('document');
  return document === '' ? <Library /> : <DocumentPage key={document} id={document} />;
}
