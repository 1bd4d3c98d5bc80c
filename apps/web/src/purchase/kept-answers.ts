import { useEffect, useState } from 'react';
import type { Answer, Answers } from './questions.ts';

const KEPT = 'proviso.new-purchase.';

/** On the way out: whoever sits down next at this browser may not read them. */
export function forgetKeptAnswers(): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(KEPT)) localStorage.removeItem(name);
  } catch {
    // Nothing is kept then.
  }
}

/**
 * Answers that outlive the page: kept in this browser after each change, so that a closed window loses nothing, until `forget`.
 */
export function useKeptAnswers(tenant: string, first: Answers) {
  const name = KEPT + tenant;
  const [answers, setAnswers] = useState<Answers>(() => ({ ...first, ...read(name) }));
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (touched) write(name, JSON.stringify(answers));
  }, [name, answers, touched]);
  return {
    answers,
    /** True when they came from an earlier visit. */
    resumed: read(name) !== null && !touched,
    answer(key: string, value: Answer): void {
      setTouched(true);
      setAnswers((all) => ({ ...all, [key]: value }));
    },
    forget(): void {
      write(name, null);
      setTouched(false);
      setAnswers(first);
    },
  };
}

function read(name: string): Answers | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    return typeof kept === 'object' ? (kept as Answers | null) : null;
  } catch {
    return null;
  }
}

function write(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Then they last as long as the page.
  }
}
