/** Places where the letters of a standard name none: addresses of pages and people, names of files. */

const EDGE = /[\s<>()[\]{}"'`|“”„«»，。、]/;
const ADDRESS =
  /^[*_~]*(?:[a-z][a-z\d+.-]{1,15}:\/\/|https?:\/|www\d?\.|mailto:|tel:|data:|\.{0,2}\/[\w.-]+\/)|@[\w-]+\.\w|^#|\/\/[\w-]+\.[\w-]+/iu;
const HOST =
  /^[*_~]*(?:[\w-]+\.)+(?:com|org|net|gov|edu|mil|int|eu|info|io|dev|app|uk|ca|us|au|nz|nl|de|fr|it|es|pt|be|at|ch|dk|se|no|fi|ee|lv|lt|pl|cz|sk|si|hr|hu|ro|bg|gr|ie|lu|mt|cy|br|mx|jp|in|za|sg|kr|cn|ar|cl|co|gc|gouv|gob|bund|europa)(?:[/:?#]|$)/iu;
const FILE =
  /[\w)-]\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|html?|aspx?|php|jsp|md|rst|adoc|xml|xsd|json|ya?ml|csv|txt|zip|png|jpe?g|gif|svg|js|ts|css|py|java|go|rb|sh|pem|crt|key|p7[bsm]|asc)(?:[#?].*|[.,;:!]*)$/iu;
/** A run longer than this is looked at no further. */
const FAR = 300;

/** The piece of text without blanks or brackets that holds [start, end). */
function runAround(text: string, start: number, end: number): [from: number, to: number] {
  let from = start;
  let to = end;
  while (from > 0 && start - from < FAR && !EDGE.test(text.charAt(from - 1))) from--;
  while (to < text.length && to - end < FAR && !EDGE.test(text.charAt(to))) to++;
  return [from, to];
}

/** Whether [start, end) lies in an address or a file name. A name that is itself a file's (`security.txt`) is none. */
export function isAddress(text: string, start: number, end: number): boolean {
  const [from, to] = runAround(text, start, end);
  if (from === start && to === end) return false;
  const run = text.slice(from, to);
  if (ADDRESS.test(run) || HOST.test(run)) return true;
  if (FILE.test(run) && to - end > 1) return true;
  // What goes on over a line break: "https://example.org/" and the rest of the path on the next line.
  return (
    run.split('/').length > 2 &&
    /^[\p{Ll}\d/_.-]+$/u.test(run) &&
    /[\w.-]+\/$|-$/u.test(text.slice(Math.max(0, from - 40), from).trimEnd()) &&
    /:\/\//.test(text.slice(Math.max(0, from - 200), from))
  );
}
