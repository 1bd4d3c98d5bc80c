import { type Classifiers, loadClassifiers } from './classifier.ts';
import { type Lexicons, loadLexicons } from './lexicon.ts';

/** What reading needs besides the document and the registry: words and weights. Handed in, so that reading stays pure. */
export interface ReadingData {
  lexicons: Lexicons;
  classifiers: Classifiers;
}

/** The data in the tree. Lexicons are read when a passage in their language comes. */
export function loadReadingData(): ReadingData {
  return { lexicons: loadLexicons(), classifiers: loadClassifiers() };
}
