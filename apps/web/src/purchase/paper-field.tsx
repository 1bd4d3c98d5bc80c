import { useMutation } from '@tanstack/react-query';
import type { Paper } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { FileField, ProblemNotice } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';

/** A paper that a command will name: uploaded when it is chosen, so that what is sent then is known. */
export function PaperField(props: {
  purchase: string;
  label: string;
  hint: string;
  value: Paper | null;
  onChange(value: Paper): void;
}): ReactNode {
  const t = useWords('purchase');
  const formats = useFormats();
  const { api } = useTenant();
  const upload = useMutation({
    mutationFn: (file: File) =>
      api.post<Paper>(`/purchases/${props.purchase}/papers?name=${encodeURIComponent(file.name)}`, file),
    onSuccess: props.onChange,
  });
  return (
    <div className="stack-tight">
      <FileField
        label={props.label}
        hint={props.hint}
        disabled={upload.isPending}
        onFiles={([file]) => {
          if (file) upload.mutate(file);
        }}
      />
      <p role="status" className="small">
        {upload.isPending
          ? t('paper-sending')
          : props.value
            ? `✓ ${props.value.name} (${formats.bytes(props.value.bytes)})`
            : null}
      </p>
      <ProblemNotice error={upload.error} />
    </div>
  );
}
