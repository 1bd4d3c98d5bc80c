import { fill, h } from '@proviso/publishing/form-client';
import { type LinkPage, troubleText } from './offer-page.ts';

/** As many as a request may name. */
const MOST_FILES = 20;
const MOST_BYTES = 25_000_000;

export interface Proof {
  name: string;
  sha256: string;
  bytes: number;
}

/** Files of a request to take part: each is sent at once and as it is, so that the last step is short. */
export function proofPart(
  { say, formats, api }: LinkPage,
  first: readonly Proof[],
  tell: (text: string) => void,
  changed: () => void,
): { element: HTMLElement; files(): Proof[]; busy(): boolean } {
  let kept: Proof[] = [...first];
  let onTheWay = 0;
  const list = h('ul', { class: 'attached' });
  const trouble = h('p', { class: 'problem', role: 'alert' });
  const input = h('input', {
    type: 'file',
    id: 'proof',
    multiple: true,
    'aria-describedby': 'proof-help',
    onchange: () => {
      const chosen = [...(input.files ?? [])];
      input.value = '';
      void add(chosen);
    },
  });
  const add = async (chosen: File[]): Promise<void> => {
    const faults: string[] = [];
    const room = MOST_FILES - kept.length;
    if (chosen.length > room) faults.push(say('request-files-many', { n: MOST_FILES }));
    for (const file of chosen.slice(0, room)) {
      const bar = h('progress', { max: 1, value: 0, 'aria-label': file.name });
      const waiting = h('li', null, h('span', { class: 'file-name' }, file.name), bar);
      list.append(waiting);
      onTheWay += 1;
      try {
        if (file.size > MOST_BYTES) throw new TooLarge();
        const sent = await api.putProof(file, (bytes) => {
          bar.value = file.size === 0 ? 1 : bytes / file.size;
        });
        kept = [...kept.filter(({ sha256 }) => sha256 !== sent.sha256), { name: file.name, ...sent }];
        changed();
        tell(say('request-file-sent', { name: file.name }));
      } catch (error) {
        const why =
          error instanceof TooLarge
            ? say('request-file-large', { size: formats.bytes(MOST_BYTES) })
            : troubleText(error, say);
        faults.push(`${file.name}: ${why}`);
      }
      onTheWay -= 1;
      waiting.remove();
      draw();
    }
    fill(trouble, faults.join(' '));
  };
  const remove = (file: Proof): void => {
    kept = kept.filter((one) => one !== file);
    changed();
    tell(say('file-removed', { name: file.name }));
    draw();
    input.focus();
  };
  const draw = (): void =>
    fill(
      list,
      kept.map((file) =>
        h(
          'li',
          null,
          h('span', { class: 'file-name' }, file.name),
          h('span', { class: 'small' }, `${formats.bytes(file.bytes)} · ✓ ${say('request-file-is-sent')}`),
          h(
            'button',
            { type: 'button', class: 'quiet', onclick: () => remove(file) },
            say('file-remove'),
            h('span', { class: 'unseen' }, `: ${file.name}`),
          ),
        ),
      ),
    );
  draw();
  return {
    element: h(
      'div',
      { class: 'field is-wide' },
      h('label', { for: 'proof' }, say('request-files')),
      h('p', { class: 'help', id: 'proof-help' }, say('request-files-help', { size: formats.bytes(MOST_BYTES) })),
      input,
      trouble,
      list,
    ),
    files: () => kept.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
    busy: () => onTheWay > 0,
  };
}

class TooLarge extends Error {}
