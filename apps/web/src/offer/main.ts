import './offer.css';
import type { Say } from '@proviso/publishing/form-client';
import type { OfferView } from 'proviso-server/contract';
import { ProblemError } from '../api/problem.ts';
import { keptLanguage, type Language } from '../i18n/language.ts';
import { createApi, isUnreachable, type OfferApi } from './api.ts';
import { begin } from './begin.ts';
import { buildPage } from './build.ts';
import { fragmentOf, readLink } from './link.ts';
import { asksFirst } from './offer-page.ts';
import { buildRequestPage } from './request-page.ts';
import { actionButton, pasteLink, stopPage } from './stop.ts';
import { loadOfferWords } from './words.ts';

/** From the link to the form, or to a page that says why there is none. */
async function start(): Promise<void> {
  const language = keptLanguage();
  document.documentElement.lang = language;
  const say = await loadOfferWords(language);
  // Browsers keep cryptography, and a secret's way onto the clipboard, from pages that others can read on their way.
  if (!isSecureContext) return stopPage(say, 'insecure');
  const link = readLink(location.hash);
  if (!link) return stopPage(say, 'no-link', pasteLink(say));
  const api = createApi(link.token, language);
  const view = await asked(api, say);
  if (!view) return;
  // Before publication there is nothing to seal: only a draft to speak of.
  if (view.keys === null && view.purchase.closing === null) {
    const { consultationPage } = await import('./consultation-page.ts');
    return consultationPage(api, say, language, view);
  }
  await open(api, view, say, language, link, false);
}

/** The purchase as the link shows it; null where a page says why it does not. */
async function asked(api: OfferApi, say: Say): Promise<OfferView | null> {
  try {
    return await api.view();
  } catch (error) {
    const status = error instanceof ProblemError ? error.status : 0;
    if (status === 410) stopPage(say, 'ended');
    else if (status === 409)
      stopPage(
        say,
        'not-yet',
        actionButton(say('again'), () => location.reload()),
      );
    else if (status === 404 || status === 401) stopPage(say, 'unknown', pasteLink(say));
    else if (isUnreachable(error))
      stopPage(
        say,
        'away',
        actionButton(say('again'), () => location.reload()),
      );
    else throw error;
    return null;
  }
}

async function open(
  api: OfferApi,
  view: OfferView,
  say: Say,
  language: Language,
  { token, secret }: { token: string; secret: string | null },
  anew: boolean,
): Promise<void> {
  const sealing = await import('@proviso/sealing');
  // Before candidates are chosen there is nothing to seal; who is not among them has no offer to make.
  if (asksFirst(view) || (!view.invited && view.offers.length === 0))
    return buildRequestPage({ api, sealing, say, language, view });
  const begun = await begin(sealing, api, view, secret, anew);
  if (typeof begun === 'string') {
    const fresh = (): void => {
      if (confirm(say('anew-sure'))) void open(api, view, say, language, { token, secret: null }, true);
    };
    return stopPage(say, begun, [pasteLink(say), actionButton(say('anew'), fresh)]);
  }
  // Only the address holds the secret; the history keeps no entry without it.
  history.replaceState(null, '', fragmentOf({ token, secret: begun.secret.text }));
  buildPage({ api, sealing, say, language, view, begun });
}

start().catch(async (error) => {
  // An error in the middle of the page, or one nobody foresaw: what was kept stays kept.
  console.error(error);
  const say = await loadOfferWords(keptLanguage());
  stopPage(
    say,
    'broken',
    actionButton(say('again'), () => location.reload()),
  );
});
