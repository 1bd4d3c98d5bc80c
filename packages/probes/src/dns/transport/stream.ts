/** A DNS message as it goes over a stream: its length first, both in one write (RFC 7766 section 8). */
export function overStream(message: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length, 0);
  return Buffer.concat([length, message]);
}
