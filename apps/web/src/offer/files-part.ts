import { fill, h, type TitledPart } from '@proviso/publishing/form-client';
import type { OfferFile } from '@proviso/sealing';
import type { SealingPage } from './offer-page.ts';

/** As many as an offer may name. */
const MOST_FILES = 200;

export interface FilesPart extends TitledPart {
  /** Are files on their way? */
  busy(): boolean;
}

/** One file on its way. */
interface Sending {
  file: File;
  state: 'waiting' | 'sealing' | 'sending' | 'failed';
  bar: HTMLProgressElement;
  trouble: string;
}

/** Where sealed files go. */
export interface FileWays {
  tell(text: string): void;
  /** Sends or keeps a sealed file; gives the hash of what arrived. `progress` is told how many bytes have gone. */
  keep(sealed: Blob, file: OfferFile, progress: (sent: number) => void): Promise<string>;
  trouble(error: unknown): string;
}

/** Files of the offer: each is sealed here and goes at once, one after the other, so that a long upload does not wait for the last minute. */
export function filesPart(page: SealingPage, { tell, keep, trouble: troubleOf }: FileWays): FilesPart {
  const { say, formats } = page;
  let queue: Sending[] = [];
  let running = false;
  const list = h('ul', { class: 'attached' });
  const trouble = h('p', { class: 'problem', role: 'alert' });
  const input = h('input', {
    type: 'file',
    id: 'attach',
    multiple: true,
    'aria-describedby': 'attach-help',
    onchange: () => {
      const chosen = [...(input.files ?? [])];
      input.value = '';
      add(chosen);
    },
  });

  const add = (chosen: File[]): void => {
    const room = MOST_FILES - page.rest.files.length - queue.length;
    fill(trouble, chosen.length > room && say('files-too-many', { n: MOST_FILES }));
    for (const file of chosen.slice(0, room)) {
      const bar = h('progress', { max: 1, value: 0, 'aria-label': file.name });
      queue.push({ file, state: 'waiting', bar, trouble: '' });
    }
    draw();
    void run();
  };
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let one = next(); one; one = next()) {
      try {
        const sealed = await seal(one);
        queue = queue.filter((other) => other !== one);
        const others = page.rest.files.filter(({ sealed: { sha256 } }) => sha256 !== sealed.sealed.sha256);
        page.change({ files: [...others, sealed] });
        tell(say('file-ready', { name: sealed.name }));
      } catch (error) {
        Object.assign(one, { state: 'failed', trouble: troubleOf(error) });
        tell(`${one.file.name}: ${one.trouble}`);
      }
      draw();
    }
    running = false;
  };
  const next = (): Sending | undefined => queue.find(({ state }) => state === 'waiting');
  const seal = async (one: Sending): Promise<OfferFile> => {
    const { keys } = page.view;
    if (!keys) throw new Error('no keys');
    const step = (state: Sending['state'], share: number): void => {
      one.bar.value = share;
      if (one.state === state) return;
      one.state = state;
      draw();
    };
    step('sealing', 0);
    const sealing = await page.sealing.sealFile(one.file, keys, 'quality');
    const parts: Blob[] = [];
    let done = 0;
    const reader = sealing.stream.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      // In a `Blob` the browser may put it on disk.
      parts.push(new Blob([read.value as BlobPart]));
      done += read.value.length;
      step('sealing', done / sealing.size);
    }
    const file = await sealing.file;
    step('sending', 0);
    const sealed = new Blob(parts);
    const kept = await keep(sealed, file, (sent) => step('sending', sent / sealed.size));
    if (kept !== file.sealed.sha256) throw Object.assign(new Error('changed'), { code: 'file-changed' });
    return file;
  };
  const remove = (file: OfferFile): void => {
    page.change({ files: page.rest.files.filter((one) => one !== file) });
    tell(say('file-removed', { name: file.name }));
    input.focus();
  };

  const button = (text: string, name: string, onclick: () => void): HTMLElement =>
    h(
      'button',
      { type: 'button', class: 'quiet', 'data-key': `${text} ${name}`, onclick },
      text,
      h('span', { class: 'unseen' }, `: ${name}`),
    );
  const item = (file: OfferFile): HTMLElement =>
    h(
      'li',
      null,
      h('span', { class: 'file-name' }, file.name),
      h('span', { class: 'small' }, `${formats.bytes(file.size)} · ✓ ${say('file-sealed')}`),
      button(say('file-remove'), file.name, () => remove(file)),
    );
  const sending = (one: Sending): HTMLElement => {
    const { file, state, bar } = one;
    const drop = (): void => {
      queue = queue.filter((other) => other !== one);
      draw();
    };
    const again = (): void => {
      Object.assign(one, { state: 'waiting', trouble: '' });
      draw();
      void run();
    };
    return h(
      'li',
      null,
      h('span', { class: 'file-name' }, file.name),
      state === 'failed'
        ? [
            h('span', { class: 'problem' }, one.trouble),
            button(say('again'), file.name, again),
            button(say('file-remove'), file.name, drop),
          ]
        : [h('span', { class: 'small' }, say(`file-${state}`)), bar],
    );
  };
  const draw = (): void => {
    fill(list, page.rest.files.map(item), queue.map(sending));
  };
  const element = h(
    'section',
    { class: 'section', id: 'files-part', 'aria-labelledby': 'files-part-title' },
    h('h2', { id: 'files-part-title', tabindex: -1 }, say('files-title')),
    h('p', { class: 'prose', id: 'attach-help' }, say('files-about')),
    h('div', { class: 'choose' }, h('label', { for: 'attach' }, say('files-attach')), input),
    trouble,
    list,
  );
  let drawn: unknown = null;
  return {
    id: 'files-part',
    title: say('files-title'),
    element,
    // The list is drawn by its own changes; each letter typed elsewhere is none.
    sync: () => {
      input.disabled = page.view.keys === null;
      if (drawn === page.rest.files) return;
      drawn = page.rest.files;
      draw();
    },
    busy: () => queue.some(({ state }) => state !== 'failed'),
  };
}
