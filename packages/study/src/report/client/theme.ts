import { h } from './element.ts';
import type { Words } from './say.ts';

const KEY = 'proviso-theme';
const THEMES = ['auto', 'light', 'dark'] as const;

/** Light, dark, or as the system has it; remembered where the browser remembers. */
export function createTheme(): { control(words: Pick<Words, 'say'>): HTMLElement } {
  let theme = 'auto';
  try {
    theme = localStorage.getItem(KEY) ?? 'auto';
  } catch {
    // Then it is not remembered.
  }
  const apply = (): void => {
    document.documentElement.dataset.theme = theme;
  };
  apply();
  return {
    control: ({ say }) => {
      const select = h(
        'select',
        {
          id: 'theme',
          onchange: () => {
            theme = select.value;
            apply();
            try {
              localStorage.setItem(KEY, theme);
            } catch {
              // Then it is not remembered.
            }
          },
        },
        THEMES.map((name) => h('option', { value: name }, say(`theme${name.charAt(0).toUpperCase()}${name.slice(1)}`))),
      );
      select.value = theme;
      return h('div', { class: 'field is-inline' }, h('label', { for: 'theme' }, say('theme')), select);
    },
  };
}
