import type { Channel } from './channel.ts';

/** What a server says that will not do STARTTLS: `absent` it does not have it, `busy` not now, `strange` it does not speak the protocol. */
export class PrologueRefused extends Error {
  override name = 'PrologueRefused';
  readonly why: 'absent' | 'busy' | 'strange';

  constructor(why: 'absent' | 'busy' | 'strange', line: string) {
    super(`${why}: ${line.slice(0, 200)}`);
    this.why = why;
  }
}

/**
 * Brings a connection to the point where a ClientHello is due. Says the lines in `transcript`, both ways.
 * @throws PrologueRefused, Stopped
 */
export type Prologue = (channel: Channel, transcript: string[]) => Promise<void>;

/** What is spoken at an endpoint: how TLS begins there, and for what. */
export const SERVICES = ['tls', 'smtp', 'submission', 'imap', 'pop3', 'nts', 'dot', 'doh'] as const;
export type Service = (typeof SERVICES)[number];

/** What a client of a service offers to speak inside of TLS (RFC 7301; RFC 8915 section 4, RFC 8484 section 5.2). */
const PROTOCOLS: Partial<Record<Service, string[]>> = {
  tls: ['h2', 'http/1.1'],
  nts: ['ntske/1'],
  doh: ['h2', 'http/1.1'],
};

/** The protocols that a client of a service offers; none where it names none. */
export const protocolsOf = (service: Service): string[] => PROTOCOLS[service] ?? [];

/** No greeting has more lines; a server that goes on for ever is refused. */
const LINES_LIMIT = 100;

type Starttls = (channel: Channel, transcript: string[], clientName: string) => Promise<void>;

/** Where TLS is asked for in the service's own words. Everywhere else it starts at once. */
const STARTTLS: Partial<Record<Service, Starttls>> = { smtp, submission: smtp, imap, pop3 };

/** The prologue of a service; null where TLS starts at once. @param clientName What EHLO says: a name of the prober's own. */
export function prologueOf(service: Service, clientName: string): Prologue | null {
  const starttls = STARTTLS[service];
  return starttls ? (channel, transcript) => starttls(channel, transcript, clientName) : null;
}

/** RFC 3207 for mail servers, and for submission by RFC 6409. */
async function smtp(channel: Channel, transcript: string[], clientName: string): Promise<void> {
  await smtpReply(channel, transcript, '220');
  // A name cannot carry a command.
  say(channel, transcript, `EHLO ${clientName.replace(/[^A-Za-z0-9.:[\]-]/g, '')}`);
  const offered = await smtpReply(channel, transcript, '250');
  if (!offered.some((line) => /^250[ -]STARTTLS\s*$/i.test(line)))
    throw new PrologueRefused('absent', offered.at(-1) ?? '');
  say(channel, transcript, 'STARTTLS');
  await smtpReply(channel, transcript, '220');
}

async function smtpReply(channel: Channel, transcript: string[], wanted: string): Promise<string[]> {
  const lines: string[] = [];
  while (lines.length < LINES_LIMIT) {
    const line = await heard(channel, transcript);
    lines.push(line);
    if (!/^\d{3}([ -]|$)/.test(line)) throw new PrologueRefused('strange', line);
    if (line[3] === '-') continue;
    if (line.startsWith(wanted)) return lines;
    // 4yz says "not now" (RFC 5321 section 4.2.1); 554 in a greeting says that this client is not welcome (section 3.1).
    throw new PrologueRefused(/^4|^554/.test(line) ? 'busy' : 'absent', line);
  }
  throw new PrologueRefused('strange', `more than ${LINES_LIMIT} lines`);
}

/** RFC 9051 sections 6.1.1 and 6.2.1. */
async function imap(channel: Channel, transcript: string[]): Promise<void> {
  const greeting = await heard(channel, transcript);
  if (/^\* BYE\b/i.test(greeting)) throw new PrologueRefused('busy', greeting);
  if (!/^\* (OK|PREAUTH)\b/i.test(greeting)) throw new PrologueRefused('strange', greeting);
  say(channel, transcript, 'a1 STARTTLS');
  for (let lines = 0; lines < LINES_LIMIT; lines += 1) {
    const line = await heard(channel, transcript);
    if (/^a1 OK\b/i.test(line)) return;
    if (/^a1 /i.test(line)) throw new PrologueRefused('absent', line);
    if (/^\* BYE\b/i.test(line)) throw new PrologueRefused('busy', line);
    if (!line.startsWith('* ')) throw new PrologueRefused('strange', line);
  }
  throw new PrologueRefused('strange', `more than ${LINES_LIMIT} lines`);
}

/** RFC 2595 section 4. */
async function pop3(channel: Channel, transcript: string[]): Promise<void> {
  const greeting = await heard(channel, transcript);
  if (/^-ERR\b/i.test(greeting)) throw new PrologueRefused('busy', greeting);
  if (!/^\+OK\b/i.test(greeting)) throw new PrologueRefused('strange', greeting);
  say(channel, transcript, 'STLS');
  const line = await heard(channel, transcript);
  if (/^-ERR\b/i.test(line)) throw new PrologueRefused('absent', line);
  if (!/^\+OK\b/i.test(line)) throw new PrologueRefused('strange', line);
}

async function heard(channel: Channel, transcript: string[]): Promise<string> {
  const line = await channel.line();
  transcript.push(`S: ${line.slice(0, 200)}`);
  return line;
}

function say(channel: Channel, transcript: string[], line: string): void {
  transcript.push(`C: ${line}`);
  channel.write(`${line}\r\n`);
}
