import { createHmac } from 'node:crypto';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { isIP } from 'node:net';
import { addressOf } from './public-address.ts';

export interface Call {
  /** Of the delivery; a receiver that has seen it already lets it be. */
  id: string;
  event: string;
  url: string;
  secret: string;
  body: string;
}

/** One attempt may take so long. */
const TIMEOUT_MS = 10_000;

/**
 * The header by which a receiver checks that a call is ours and new: `t` is the time in seconds, `v1` the HMAC-SHA256 of `t.body` under the
 * webhook's secret, in hexadecimals.
 */
export function signatureOf(body: string, secret: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/**
 * Calls another system; gives the status of its answer. Nothing of the answer is read, and no redirection followed.
 * @throws Error `private-address`, `timeout`, or what the network says
 */
export async function callWebhook(call: Call, at: Date, anywhere: boolean): Promise<number> {
  const url = new URL(call.url);
  if (url.protocol !== 'https:' && !(anywhere && url.protocol === 'http:')) throw new Error('not-https');
  const { address, family } = await addressOf(url.hostname, anywhere);
  const send = url.protocol === 'https:' ? secure : plain;
  return await new Promise((resolve, reject) => {
    const asked = send(
      {
        method: 'POST',
        host: address,
        family,
        port: url.port || undefined,
        path: `${url.pathname}${url.search}`,
        // The name is checked in the certificate, though the connection goes to the address that was looked at.
        ...(isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 ? { servername: url.hostname } : {}),
        timeout: TIMEOUT_MS,
        agent: false,
        headers: {
          host: url.host,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(call.body),
          'user-agent': 'Proviso',
          'proviso-event': call.event,
          'proviso-delivery': call.id,
          'proviso-signature': signatureOf(call.body, call.secret, at),
        },
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    const clock = setTimeout(() => asked.destroy(new Error('timeout')), TIMEOUT_MS);
    asked.on('timeout', () => asked.destroy(new Error('timeout')));
    asked.on('error', reject);
    asked.on('close', () => clearTimeout(clock));
    asked.end(call.body);
  });
}
