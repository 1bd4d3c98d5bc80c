import type { ReactNode } from 'react';
import { Button, Notice, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import './publish.css';

/** A secret link that the server cannot show again: to copy and pass on now. */
export function LinkOnce({ link, text }: { link: string; text: string }): ReactNode {
  const t = useWords('publish');
  return (
    <Notice
      tone="good"
      title={t('link-once')}
      actions={
        <Button onPress={() => void navigator.clipboard.writeText(link).then(() => toast({ text: t('copied') }))}>
          {t('copy')}
        </Button>
      }
    >
      <p>{text}</p>
      <code className="link-once">{link}</code>
    </Notice>
  );
}
