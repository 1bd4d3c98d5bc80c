import { beginPart, type Embedded, embedded, startForm } from '@proviso/publishing/form-client';
import { purchaseFingerprint, sameFingerprint, sealFile, sealOffer } from '@proviso/sealing';
import { formatsFor } from '../i18n/format.ts';
import { filesPart } from '../offer/files-part.ts';
import type { SealingPage } from '../offer/offer-page.ts';
import { pricePart } from '../offer/price-part.ts';
import type { Published } from '../offer/sealed-offer.ts';
import { keptPieces, sealingTrouble } from './kept-pieces.ts';
import { keyPart } from './key-part.ts';
import { sealPart } from './seal-part.ts';

const MINUTE = 60_000;

/** The supplier's form on disk that seals: it knows the purchase's keys, and has no network. */
function start(): void {
  const { asked, ...carried } = embedded() as Embedded & { asked: Published };
  const { lots } = asked.purchase;
  const pieces = keptPieces();
  startForm(carried, (form, check, forget) => {
    const { say } = form;
    const page: SealingPage & { view: Published } = {
      sealing: { purchaseFingerprint, sameFingerprint, sealFile, sealOffer },
      say,
      formats: formatsFor(carried.form.language as Parameters<typeof formatsFor>[0]),
      view: asked,
      rest: { lot: lots.length === 1 ? (lots[0]?.id ?? null) : null, price: '', files: [] },
      change: (change) => {
        page.rest = { ...page.rest, ...change };
        form.draw();
      },
      now: () => new Date(),
    };
    const files = filesPart(page, {
      tell: form.tell,
      keep: async (sealed, file) => {
        pieces.keep(file, sealed);
        return file.sealed.sha256;
      },
      trouble: (error) => sealingTrouble(error, say),
    });
    const price = pricePart(page);
    const key = keyPart(page);
    setInterval(key.sync, MINUTE);
    return {
      above: [key, beginPart(form, forget)],
      between: asked.price.asked || lots.length > 1 ? [files, price] : [files],
      below: [sealPart(page, form, { price, files, pieces, check })],
    };
  });
}

start();
