import { type ReactNode, useState } from 'react';
import { usePart, useTenant } from '../api/index.ts';
import { ButtonAnchor, Card, Select } from '../design/index.ts';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, useLanguage, useWords } from '../i18n/index.ts';

interface DemandFileEntry {
  name: string;
  title: string;
  media: string;
}

/** What can be downloaded of the requirements, in any of the four languages. */
export function Downloads({ id }: { id: string }): ReactNode {
  const t = useWords('demand');
  const tenant = useTenant();
  const { language: own } = useLanguage();
  const [language, setLanguage] = useState(own);
  const files = usePart<DemandFileEntry[]>(id, 'demand-files', '/demand/files');
  return (
    <Card title={t('files')}>
      <p className="muted">{t('files-text')}</p>
      <Select
        label={t('files-language')}
        narrow
        value={language}
        onChange={(value) => isLanguage(value) && setLanguage(value)}
        options={LANGUAGES.map((one) => ({ id: one, text: LANGUAGE_NAMES[one] }))}
      />
      <ul className="lines">
        {files.map(({ name, title }) => (
          <li key={name} className="spread">
            <span>
              {title} <span className="mono small muted">{name}</span>
            </span>
            <ButtonAnchor
              small
              download={name}
              href={tenant.api.address(
                `/purchases/${id}/demand/files/${encodeURIComponent(name)}?language=${language}`,
              )}
            >
              {t('download')}
              <span className="unseen"> {name}</span>
            </ButtonAnchor>
          </li>
        ))}
      </ul>
    </Card>
  );
}
