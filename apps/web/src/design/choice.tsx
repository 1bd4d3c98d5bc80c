import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Text } from 'react-aria-components/Text';

function Tick(): ReactNode {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="m3 8.5 3.2 3.2L13 4.8" fill="none" stroke="currentColor" strokeWidth="2.4" />
    </svg>
  );
}

/** Yes or no. */
export function Checkbox(props: {
  children: ReactNode;
  hint?: ReactNode;
  selected: boolean;
  onChange(selected: boolean): void;
  disabled?: boolean;
}): ReactNode {
  return (
    <AriaCheckbox className="choice" isSelected={props.selected} onChange={props.onChange} isDisabled={props.disabled}>
      <span className="choice-box">
        <Tick />
      </span>
      <ChoiceText hint={props.hint}>{props.children}</ChoiceText>
    </AriaCheckbox>
  );
}

export interface Option {
  id: string;
  text: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

interface GroupProps {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  options: readonly Option[];
  /** Short choices stand side by side. */
  wide?: boolean;
  disabled?: boolean;
}

/** Any number of a list. */
export function Checkboxes(
  props: GroupProps & { value: readonly string[]; onChange(value: string[]): void },
): ReactNode {
  return (
    <CheckboxGroup
      className="field"
      value={[...props.value]}
      onChange={props.onChange}
      isInvalid={Boolean(props.error)}
      isDisabled={props.disabled}
      validationBehavior="aria"
    >
      <GroupText {...props} />
      <div className={props.wide ? 'choices choices-wide' : 'choices'}>
        {props.options.map((one) => (
          <AriaCheckbox key={one.id} value={one.id} isDisabled={one.disabled} className="choice">
            <span className="choice-box">
              <Tick />
            </span>
            <ChoiceText hint={one.hint}>{one.text}</ChoiceText>
          </AriaCheckbox>
        ))}
      </div>
      <FieldError className="field-error">{props.error}</FieldError>
    </CheckboxGroup>
  );
}

/** Exactly one of a list, all of it in view. */
export function Radios(props: GroupProps & { value: string | null; onChange(value: string): void }): ReactNode {
  return (
    <RadioGroup
      className="field"
      value={props.value}
      onChange={props.onChange}
      isInvalid={Boolean(props.error)}
      isDisabled={props.disabled}
      validationBehavior="aria"
    >
      <GroupText {...props} />
      <div className={props.wide ? 'choices choices-wide' : 'choices'}>
        {props.options.map((one) => (
          <Radio key={one.id} value={one.id} isDisabled={one.disabled} className="choice choice-card">
            <span className="choice-box choice-round" />
            <ChoiceText hint={one.hint}>{one.text}</ChoiceText>
          </Radio>
        ))}
      </div>
      <FieldError className="field-error">{props.error}</FieldError>
    </RadioGroup>
  );
}

function GroupText({ label, hint }: GroupProps): ReactNode {
  return (
    <>
      <Label className="group-label">{label}</Label>
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
    </>
  );
}

function ChoiceText({ children, hint }: { children: ReactNode; hint?: ReactNode }): ReactNode {
  return (
    <span>
      {children}
      {hint === undefined || hint === null ? null : <span className="choice-hint">{hint}</span>}
    </span>
  );
}
