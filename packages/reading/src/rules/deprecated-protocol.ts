import type { Status } from '@proviso/standards';
import type { Rule } from './rule.ts';

const OUT: ReadonlySet<Status> = new Set<Status>(['deprecated', 'historic', 'withdrawn']);

/** A protocol or algorithm that must not be used any more is asked for. The name alone says which one is meant: MD5 has no newer edition. */
export const deprecatedProtocol: Rule = {
  id: 'standards/deprecated-protocol',
  level: 'error',
  good: [
    { text: 'SSLv3, TLS 1.0 and TLS 1.1 must be disabled.' },
    { text: 'Connections must use TLS 1.2 or later.' },
    { text: 'Passwords must not be hashed with MD5.' },
    { text: 'The supplier must renew the SSL certificate each year.' },
    { text: 'Servers should negotiate a hash other than SHA-1.' },
  ],
  bad: [
    { text: 'Connections must use TLS 1.0.' },
    { text: 'All traffic must be encrypted with SSLv3.' },
    { text: 'Passwords must be hashed with MD5.' },
  ],
  create: ({ report, analysis }) => ({
    mention(mention, clause) {
      if (!(mention.kind === 'protocol' || mention.kind === 'algorithm') || !OUT.has(mention.status)) return;
      if (!(mention.modality === 'must' || mention.modality === 'should' || mention.modality === 'may')) return;
      // "A hash such as SHA-1 can be used" tells what there is.
      if (
        mention.modality === 'may' &&
        /(?:such as|like|e\.g\.,?|for example,?)\s$/i.test(
          analysis.document.text.slice(Math.max(clause.start, mention.start - 14), mention.start),
        )
      )
        return;
      // "SSL certificate" is everyday speech for TLS; FTP, Telnet or WEP have no version that would do.
      if (mention.kind === 'protocol' && !mention.versioned && mention.standard === 'SSL') return;
      // "WPA4" is no WPA: an edition that does not exist is another rule's.
      if (/^\d/.test(analysis.document.text.slice(mention.end, mention.end + 1))) return;
      if (mention.minimum && mention.versioned) {
        report({ clause, start: mention.start, end: mention.end, values: values(mention), variant: 'minimum' });
        return;
      }
      if (mention.standard === null) return;
      report({
        clause,
        start: mention.start,
        end: mention.end,
        values: values(mention),
        variant: mention.replacedBy ? 'replaced' : 'message',
      });
    },
  }),
};

function values(mention: { standard: string | null; text: string; replacedBy: string | null }): Record<string, string> {
  return { standard: mention.standard ?? mention.text, replacement: mention.replacedBy ?? '' };
}
