import { expect, test } from 'vitest';
import { languageOfScript } from './script.ts';

test.each([
  ['Ο ανάδοχος εφαρμόζει το πρότυπο ISO/IEC 27001', 'el'],
  ['受託者はISO/IEC 27001の認証を取得していること。', 'ja'],
  ['サーバはTLS 1.3に対応すること', 'ja'],
  ['供应商应当遵守信息安全等级保护制度的要求', 'zh'],
  ['공급자는 개인정보를 암호화하여 저장하여야 한다', 'ko'],
  ['The supplier (ανάδοχος) shall encrypt', null],
  ['Поставщик обязан шифровать данные', null],
  ['', null],
  ['第1章 Scope of the agreement and its annexes, definitions, order of precedence', null],
])('%s → %s', (text, language) => {
  expect(languageOfScript(text)).toBe(language);
});
