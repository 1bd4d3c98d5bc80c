/** The one place where text becomes markup. In the page itself, `client/element.ts` makes text nodes and no markup. */

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for element content and for attribute values in quotes. Characters that HTML forbids are left out. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}/gu, '')
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}

/**
 * JSON for a `<script type="application/json">`: no `<`, so neither `</script>` nor `<!--` can be formed; no U+2028 or U+2029,
 * which older script parsers take for line ends; lone surrogates escaped by `JSON.stringify` itself.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
