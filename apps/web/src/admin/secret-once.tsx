import type { ReactNode } from 'react';
import { Button, Notice, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

/** A secret that the server keeps only the hash of. */
export function SecretOnce({ secret, text }: { secret: string; text: string }): ReactNode {
  const t = useWords('admin');
  return (
    <Notice
      tone="good"
      title={t('once')}
      actions={
        <Button onPress={() => void navigator.clipboard.writeText(secret).then(() => toast({ text: t('copied') }))}>
          {t('copy')}
        </Button>
      }
    >
      <p>{text}</p>
      <code className="admin-ids">{secret}</code>
    </Notice>
  );
}
