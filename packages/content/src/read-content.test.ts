import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileContent } from './compile-content.ts';
import { parsed, readContent, twinOf } from './read-content.ts';

let room: string;
const file = () => join(room, 'words', 'en.yaml');

beforeAll(() => {
  room = mkdtempSync(join(tmpdir(), 'proviso-content-'));
  mkdirSync(join(room, 'words'));
});
afterAll(() => rmSync(room, { recursive: true }));

/** Writes the file as of so many seconds ago. */
function write(yaml: string, age: number): void {
  writeFileSync(file(), yaml);
  const then = Date.now() / 1000 - age;
  utimesSync(file(), then, then);
}

describe('content', () => {
  it('is the same with a twin and without', () => {
    const yaml = 'a: [é, 2, null]\nb: |\n  two\n  lines\n? "no"\n: yes\n';
    write(yaml, 60);
    const without = readContent(file());
    expect(without).toEqual({ a: ['é', 2, null], b: 'two\nlines\n', no: 'yes' });
    expect(compileContent(room)).toBe(1);
    expect(readContent(file())).toEqual(without);
  });

  it('is read from the twin, so that it is fast', () => {
    write('a: 1', 60);
    compileContent(room);
    const twin = JSON.parse(readFileSync(twinOf(file()), 'utf8'));
    writeFileSync(twinOf(file()), JSON.stringify({ ...twin, content: 'of the twin' }));
    expect(readContent(file())).toBe('of the twin');
  });

  it.each([
    ['the file has changed since', () => write('a: 3', -60)],
    ['a file of another size has come with an old date', () => write('a: 2 # restored', 3600)],
    ['the twin is damaged', () => writeFileSync(twinOf(file()), '{')],
    ['the twin is gone', () => rmSync(twinOf(file()))],
  ])('is that of the file itself where %s', (_, happens) => {
    write('a: 1', 60);
    compileContent(room);
    write('a: 2', 60);
    happens();
    expect(readContent(file())).toEqual(parsed(readFileSync(file(), 'utf8')));
  });

  it('names the file that is no YAML', () => {
    write('a: [', 60);
    expect(() => compileContent(room)).toThrow(/en\.yaml: /);
    write('a: 1', 60);
  });
});
