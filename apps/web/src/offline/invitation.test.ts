import { expect, it } from 'vitest';
import { invitationIn } from './invitation.ts';

const NUMBER = '0d9b7f4e-54a7-4a4e-8a55-5a2f2a1f9f10';
const OTHER = '1d9b7f4e-54a7-4a4e-8a55-5a2f2a1f9f10';

it.each([
  [NUMBER, NUMBER],
  [` ${NUMBER.toUpperCase()}\n`, NUMBER],
  [`form-t-1-${NUMBER}.html`, NUMBER],
  [`form-t-1-${NUMBER} (1).html`, NUMBER],
  [`Number: ${NUMBER}, ${NUMBER}.`, NUMBER],
  [`${NUMBER} ${OTHER}`, null],
  [NUMBER.slice(0, -1), null],
  [`${NUMBER}0`, null],
  [`form.html`, null],
  ['', null],
])('the number of an invitation in %j', (text, number) => expect(invitationIn(text)).toBe(number));
