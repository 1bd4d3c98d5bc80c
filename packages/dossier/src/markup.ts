const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text of others as content of XML or HTML elements and of quoted attributes. Characters that XML 1.0 (section 2.2) forbids are left out,
 * and marks that turn the reading direction, by which a text could show other words than it holds.
 */
export function markup(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}
