import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';

type Look = 'primary' | 'normal' | 'plain' | 'danger';

interface Looks {
  look?: Look;
  small?: boolean;
}

const classOf = ({ look = 'normal', small = false }: Looks): string =>
  `button${look === 'normal' ? '' : ` button-${look}`}${small ? ' button-small' : ''}`;

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'>, Looks {
  children: ReactNode;
}

/** One `primary` on a page: what the reader came to do. `isPending` keeps the focus and tells screen readers to wait. */
export function Button({ look, small, ...rest }: ButtonProps): ReactNode {
  return <AriaButton {...rest} className={classOf({ look, small })} />;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ look, small, ...rest }: LinkProps & Looks & { children: ReactNode }): ReactNode {
  return <Link {...rest} className={classOf({ look, small })} />;
}

/** A download, or an address outside of the pages. */
export function ButtonAnchor({
  look,
  small,
  ...rest
}: Looks & { href: string; download?: boolean | string; children: ReactNode }): ReactNode {
  return <a {...rest} className={classOf({ look, small })} />;
}
