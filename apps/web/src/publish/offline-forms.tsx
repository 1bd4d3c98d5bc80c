import type { KeptForm, OfflineFormFile } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePart, useTenant } from '../api/index.ts';
import { ButtonAnchor, Card, Fold } from '../design/index.ts';
import { LANGUAGE_NAMES, useFormats, useWords } from '../i18n/index.ts';

/** Forms that stood before a correction: whoever brings an old checksum or file finds what it was. */
function Earlier({ id }: { id: string }): ReactNode {
  const t = useWords('publish');
  const tenant = useTenant();
  const formats = useFormats();
  const forms = usePart<KeptForm[]>(id, 'offline-forms-earlier', '/offline-forms/earlier');
  if (forms.length === 0) return null;
  return (
    <Fold title={t('offline-earlier')}>
      <p className="muted">{t('offline-earlier-text')}</p>
      <ul className="lines">
        {forms.map(({ version, language, sha256, bytes, at, closing }) => (
          <li key={sha256} className="stack-tight">
            <span className="spread">
              <span>
                {t('offline-version', { n: version, language: LANGUAGE_NAMES[language] })}{' '}
                <span className="small muted">
                  {t('offline-from', { from: formats.moment(at), closing: formats.moment(closing) })}{' '}
                  {formats.bytes(bytes)}
                </span>
              </span>
              <ButtonAnchor
                small
                download={`form-${language}-${version}.html`}
                href={tenant.api.address(`/purchases/${id}/offline-forms/${sha256}`)}
              >
                {t('offline-download')}
                <span className="unseen">
                  {' '}
                  {t('offline-version', { n: version, language: LANGUAGE_NAMES[language] })}
                </span>
              </ButtonAnchor>
            </span>
            <code className="fingerprint">{sha256}</code>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

/** The offline form of the published purchase in each language, to be published with the notice, and its checksum to be compared. */
export function OfflineForms({ id }: { id: string }): ReactNode {
  const t = useWords('publish');
  const tenant = useTenant();
  const formats = useFormats();
  const forms = usePart<OfflineFormFile[]>(id, 'offline-forms', '/offline-forms');
  return (
    <Card title={t('offline')}>
      <p className="muted">{t('offline-text')}</p>
      <ul className="lines">
        {forms.map(({ language, sha256, bytes }) => (
          <li key={language} className="stack-tight">
            <span className="spread">
              <span>
                {LANGUAGE_NAMES[language]} <span className="small muted">{formats.bytes(bytes)}</span>
              </span>
              <ButtonAnchor
                small
                download={`form-${language}.html`}
                href={tenant.api.address(`/purchases/${id}/demand/files/form.html?language=${language}`)}
              >
                {t('offline-download')}
                <span className="unseen"> {LANGUAGE_NAMES[language]}</span>
              </ButtonAnchor>
            </span>
            <span className="small muted">{t('offline-checksum')}</span>
            <code className="fingerprint">{sha256}</code>
          </li>
        ))}
      </ul>
      <Earlier id={id} />
    </Card>
  );
}
