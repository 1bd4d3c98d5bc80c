import { type ReactNode, useId, useState } from 'react';

/** Files to choose, or to drop on it. The browser's own control, so that it is known to every reader. */
export function FileField(props: {
  label: string;
  hint: string;
  accept?: string;
  multiple?: boolean;
  disabled?: boolean;
  onFiles(files: File[]): void;
}): ReactNode {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a pointer's shortcut; the input does the same by keyboard.
    <div
      className={over ? 'field file-field file-over' : 'field file-field'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!props.disabled) props.onFiles([...event.dataTransfer.files]);
      }}
    >
      <label className="field-label" htmlFor={id}>
        {props.label}
      </label>
      <span className="field-hint" id={`${id}-hint`}>
        {props.hint}
      </span>
      <input
        id={id}
        type="file"
        className="file-input"
        accept={props.accept}
        multiple={props.multiple}
        disabled={props.disabled}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be chosen again after a failure.
          event.target.value = '';
          props.onFiles(files);
        }}
      />
    </div>
  );
}
