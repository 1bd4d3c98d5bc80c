/** Writes a Word draft of about 100 pages from tender sentences: `node bench/long-draft.ts FILE`. */
import { writeFileSync } from 'node:fs';
import { p, r, wordFile } from '../packages/documents/src/testing/office-files.ts';

const SENTENCES = [
  'The supplier must encrypt all connections that leave the data centre with TLS 1.2 or later and renew its certificates in time.',
  'Deliveries are accepted when the tests of annex 2 have been passed without a defect of the classes one and two.',
  'The contractor shall report security incidents to the contracting authority within 24 hours and help to repair the damage.',
  'Prices are fixed for the first two years; after that they may follow the index of the national statistics office.',
  'Access to administrative functions requires multi-factor authentication, and every access is logged for twelve months.',
];
const paragraphs: string[] = [];
let words = 0;
for (let i = 0; words < 40_000; i++) {
  const text = Array.from({ length: 4 }, (_, j) => SENTENCES[(i * 3 + j) % SENTENCES.length]).join(' ');
  words += text.split(' ').length;
  paragraphs.push(
    i % 12 === 0 ? p(r(`${i / 12 + 1}. Requirements, part ${i / 12 + 1}`), '<w:outlineLvl w:val="0"/>') : p(r(text)),
  );
}
writeFileSync(process.argv[2] ?? 'long.docx', wordFile({ body: `${paragraphs.join('')}<w:sectPr/>` }));
