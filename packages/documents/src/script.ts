/** First and last code unit of a script that (nearly) one language writes in. */
const SCRIPTS: readonly (readonly [low: number, high: number, language: string])[] = [
  [0x0370, 0x03ff, 'el'],
  [0x1f00, 0x1fff, 'el'],
  [0x0530, 0x058f, 'hy'],
  [0x0590, 0x05ff, 'he'],
  [0x0e00, 0x0e7f, 'th'],
  [0x10a0, 0x10ff, 'ka'],
  [0x3040, 0x30ff, 'ja'],
  [0x3400, 0x4dbf, 'zh'],
  [0x4e00, 0x9fff, 'zh'],
  [0x1100, 0x11ff, 'ko'],
  [0xac00, 0xd7af, 'ko'],
];

/**
 * The language of a text whose script alone tells it; null for Latin, Cyrillic, Arabic and other shared scripts. Latin names in
 * a Japanese or Greek text do not count against it; kana among Chinese characters make Japanese.
 */
export function languageOfScript(text: string): string | null {
  const counts = new Map<string, number>();
  let latin = 0;
  const end = Math.min(text.length, 1000);
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x0370) {
      if ((code >= 97 && code <= 122) || code >= 0xc0) latin++;
      continue;
    }
    const script = SCRIPTS.find(([low, high]) => code >= low && code <= high);
    if (script !== undefined) counts.set(script[2], (counts.get(script[2]) ?? 0) + 1);
  }
  const japanese = counts.get('ja') ?? 0;
  const han = counts.get('zh') ?? 0;
  if (japanese > 0 && japanese * 8 >= han) {
    counts.set('ja', japanese + han);
    counts.delete('zh');
  }
  let best: string | null = null;
  let most = 0;
  for (const [language, count] of counts) {
    if (count > most) {
      most = count;
      best = language;
    }
  }
  // A Chinese character says about as much as three Latin letters.
  const weight = best === 'ja' || best === 'zh' || best === 'ko' ? most * 3 : most;
  return best !== null && most >= 8 && weight > latin ? best : null;
}
