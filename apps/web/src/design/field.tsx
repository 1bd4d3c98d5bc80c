import { type ReactNode, useId } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { useWords } from '../i18n/provider.tsx';

interface Labelled {
  label: string;
  hint?: ReactNode;
  /** What is wrong, and what to do. */
  error?: string | null;
  optional?: boolean;
  narrow?: boolean;
}

export interface FieldProps extends Labelled {
  value: string;
  onChange(value: string): void;
  name?: string;
  type?: 'text' | 'email' | 'password' | 'date' | 'datetime-local' | 'search' | 'number';
  inputMode?: 'numeric' | 'decimal';
  lines?: boolean;
  autoComplete?: string;
  maxLength?: number;
  disabled?: boolean;
  readOnly?: boolean;
  autoFocus?: boolean;
  placeholder?: string;
  min?: string | number;
  max?: string | number;
  onBlur?(): void;
}

/** A line or, with `lines`, a paragraph to type. Its label is always shown; an error is read out with it. */
export function Field(props: FieldProps): ReactNode {
  const { label, hint, error, optional = false, narrow = false, value, onChange, lines = false } = props;
  const wrong = Boolean(error);
  const input = { className: 'input', placeholder: props.placeholder, maxLength: props.maxLength };
  return (
    <TextField
      className={`field${narrow ? ' field-narrow' : ''}`}
      name={props.name}
      value={value}
      onChange={onChange}
      onBlur={props.onBlur}
      isInvalid={wrong}
      isDisabled={props.disabled}
      isReadOnly={props.readOnly}
      isRequired={!optional}
      validationBehavior="aria"
      autoComplete={props.autoComplete}
      type={lines ? undefined : props.type}
      inputMode={props.inputMode}
      autoFocus={props.autoFocus}
    >
      <LabelText label={label} optional={optional && props.type !== 'search'} />
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      {lines ? <TextArea {...input} /> : <Input {...input} min={props.min} max={props.max} />}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}

export interface SelectProps extends Labelled {
  value: string;
  onChange(value: string): void;
  options: readonly { id: string; text: string }[];
  /** What is shown while nothing is chosen. */
  empty?: string;
  disabled?: boolean;
  /** Shows the label to screen readers only, where a table's head says it already. */
  hideLabel?: boolean;
}

/** One of a closed list. The browser's own control: it opens as the reader's system does, also on a phone and at any zoom. */
export function Select(props: SelectProps): ReactNode {
  const { label, hint, error, optional = true, narrow = false, value, onChange, options, empty, hideLabel } = props;
  const id = useId();
  const described = [hint === undefined ? null : `${id}-hint`, error ? `${id}-error` : null].filter(Boolean).join(' ');
  return (
    <div className={`field${narrow ? ' field-narrow' : ''}`}>
      <label htmlFor={id} className={hideLabel ? 'unseen' : 'field-label'}>
        {label}
      </label>
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="field-hint">
          {hint}
        </span>
      )}
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        disabled={props.disabled}
        required={!optional}
        aria-invalid={error ? true : undefined}
        aria-describedby={described === '' ? undefined : described}
      >
        {empty === undefined ? null : <option value="">{empty}</option>}
        {options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.text}
          </option>
        ))}
      </select>
      {error ? (
        <span id={`${id}-error`} className="field-error">
          {error}
        </span>
      ) : null}
    </div>
  );
}

function LabelText({ label, optional }: { label: string; optional: boolean }): ReactNode {
  const t = useWords('shell');
  return (
    <Label className="field-label">
      {label} {optional ? <span className="field-optional">{t('optional')}</span> : null}
    </Label>
  );
}
