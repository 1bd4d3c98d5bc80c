import type { FormEvent } from 'react';

/** For `<form onSubmit>`: sends by script and keeps the page. */
export function submits(send: () => void): (event: FormEvent) => void {
  return (event) => {
    event.preventDefault();
    send();
  };
}
