import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useWords } from '../i18n/provider.tsx';
import { Button } from './button.tsx';

/** A question or a form in front of the page. Escape and a click beside it close it; the focus goes back to where it was. */
export function Dialog(props: {
  title: string;
  open: boolean;
  onClose(): void;
  children: ReactNode;
  wide?: boolean;
  /** While something is being sent, or a secret is shown once, a slip may not close it. */
  stays?: boolean;
}): ReactNode {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={props.open}
      onOpenChange={(open) => open || props.onClose()}
      isDismissable={!props.stays}
      isKeyboardDismissDisabled={props.stays}
    >
      <Modal className={props.wide ? 'dialog-box dialog-wide' : 'dialog-box'}>
        <AriaDialog className="dialog">
          <Heading slot="title" level={2}>
            {props.title}
          </Heading>
          {props.children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks once more before something that cannot be taken back. */
export function Confirm(props: {
  title: string;
  open: boolean;
  onClose(): void;
  onConfirm(): void;
  confirm: string;
  danger?: boolean;
  pending?: boolean;
  /** Something in the question is still to be answered. */
  disabled?: boolean;
  children: ReactNode;
}): ReactNode {
  const t = useWords('shell');
  return (
    <Dialog title={props.title} open={props.open} onClose={props.onClose} stays={props.pending}>
      <div className="stack">{props.children}</div>
      <div className="row-end">
        <Button onPress={props.onClose} isDisabled={props.pending}>
          {t('cancel')}
        </Button>
        <Button
          look={props.danger ? 'danger' : 'primary'}
          onPress={props.onConfirm}
          isPending={props.pending}
          isDisabled={props.disabled}
        >
          {props.confirm}
        </Button>
      </div>
    </Dialog>
  );
}
