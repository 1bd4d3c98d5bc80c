import { beginPart } from './begin.ts';
import { signPart } from './sign.ts';
import { type Embedded, embedded, startForm } from './start.ts';

startForm(embedded() as Embedded, (page, check, forget) => ({
  above: [beginPart(page, forget)],
  between: [],
  below: [signPart(page, check)],
}));
