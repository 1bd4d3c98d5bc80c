import { expect, it } from 'vitest';
import { journey } from './journey.ts';
import { tryStage } from './try-stage.ts';

const trial = tryStage();

it('takes a purchase from nothing to its contract, in French, with three suppliers and two openers', async () => {
  const { winner, letters, owed } = await journey(trial.browser, trial.stage, 'fr');
  expect(winner).toContain('Bêta Nuage');
  expect(letters).toHaveLength(3);
  expect(owed).toBeGreaterThan(10);
  // Each is told of its own points and of who won, in the language of the purchase.
  const [won, ...lost] = letters.toSorted(
    (a, b) => Number(a.includes('pas été retenue')) - Number(b.includes('pas été retenue')),
  );
  expect(won).toContain('Votre offre a été retenue.');
  for (const letter of lost) expect(letter).toMatch(/Offre retenue\s: Bêta Nuage, 98,83 points sur 100\./u);
}, 600_000);
