import { listNumber } from '../list-number.ts';
import type { ResolvedStyle, WordStyles } from './word-styles.ts';
import { isOn } from './word-styles.ts';
import type { Attributes, XmlHandler } from './xml.ts';

interface Level {
  start: number;
  format: string;
  /** `%1.%2`: `%n` stands for the number of level n. */
  text: string;
  /** 1-based level whose use starts this one again; 0 never; undefined any level above. */
  restart?: number;
  /** All numbers in digits. */
  legal: boolean;
  style?: string;
}

interface AbstractList {
  levels: (Level | undefined)[];
  /** Id of the numbering style that holds the levels instead. */
  link?: string;
}

interface ListInstance {
  abstractId: string;
  starts: Map<number, number>;
  levels: Map<number, Level>;
}

/** The number in front of a paragraph. */
export interface ListLabel {
  /** As printed, without the full stop at its end; empty for a bullet. */
  number: string;
  bullet: boolean;
  ilvl: number;
}

const LEVELS = 9;

const MAX_LISTS = 50_000;

/** The lists of a Word file (ECMA-376 17.9), counted as its paragraphs come by. */
export class WordNumbering {
  private readonly abstracts = new Map<string, AbstractList>();
  private readonly instances = new Map<string, ListInstance>();
  private readonly styles: WordStyles;
  /** Counters of each list, shared by all its instances: that is how Word continues a list. */
  private readonly counters = new Map<string, (number | undefined)[]>();
  private readonly started = new Set<string>();

  constructor(styles: WordStyles) {
    this.styles = styles;
  }

  /** Reads `numbering.xml`. */
  handler(): XmlHandler {
    let abstract: AbstractList | null = null;
    let instance: ListInstance | null = null;
    let override = 0;
    let level: Level | null = null;
    return {
      open: (name, attributes) => {
        const value = attributes['w:val'] ?? '';
        switch (name) {
          case 'w:abstractNum':
            abstract = { levels: [] };
            if (this.abstracts.size < MAX_LISTS) this.abstracts.set(attributes['w:abstractNumId'] ?? '', abstract);
            break;
          case 'w:num':
            instance = { abstractId: '', starts: new Map(), levels: new Map() };
            if (this.instances.size < MAX_LISTS) this.instances.set(attributes['w:numId'] ?? '', instance);
            break;
          case 'w:abstractNumId':
            if (instance) instance.abstractId = value;
            break;
          case 'w:numStyleLink':
            if (abstract) abstract.link = value;
            break;
          case 'w:lvlOverride':
            override = Number(attributes['w:ilvl']);
            break;
          case 'w:startOverride':
            instance?.starts.set(override, Number(value));
            break;
          case 'w:lvl': {
            level = { start: 0, format: 'decimal', text: '', legal: false };
            const at = Number(attributes['w:ilvl']);
            if (at >= 0 && at < LEVELS) {
              if (instance) instance.levels.set(at, level);
              else if (abstract) abstract.levels[at] = level;
            }
            break;
          }
          case 'w:pPr':
          case 'w:rPr':
            return false;
          default:
            if (level) readLevel(level, name, value, attributes);
        }
        return true;
      },
      close: (name) => {
        if (name === 'w:lvl') level = null;
        else if (name === 'w:abstractNum') abstract = null;
        else if (name === 'w:num') instance = null;
      },
      text: () => {},
    };
  }

  /** Which list and level a paragraph belongs to: its own word first, then its style's. `0` as list takes it out of any. */
  place(
    numId: string | undefined,
    ilvl: number | undefined,
    style: ResolvedStyle,
  ): { numId: string; ilvl: number } | null {
    const id = numId ?? style.numId;
    if (id === undefined || id === '0' || !this.instances.has(id)) return null;
    if (ilvl !== undefined) return { numId: id, ilvl };
    if (numId !== undefined) return { numId: id, ilvl: 0 };
    // A level that names a style belongs to it, whatever level the style itself states.
    const levels = this.list(id)?.abstract.levels ?? [];
    for (const styleId of style.chain) {
      const at = levels.findIndex((level) => level?.style === styleId);
      if (at !== -1) return { numId: id, ilvl: at };
    }
    return { numId: id, ilvl: style.ilvl ?? 0 };
  }

  /** Counts one paragraph and gives what is printed in front of it; null when the list does not exist. */
  next(numId: string, ilvl: number): ListLabel | null {
    const list = this.list(numId);
    if (!list || !(ilvl >= 0 && ilvl < LEVELS)) return null;
    const { instance, abstract, key } = list;
    const levelAt = (at: number): Level | undefined => instance.levels.get(at) ?? abstract.levels[at];
    const level = levelAt(ilvl);
    if (!level) return null;
    let counters = this.counters.get(key);
    if (!counters) {
      counters = [];
      this.counters.set(key, counters);
    }
    const current = counters[ilvl];
    const start = instance.starts.get(ilvl);
    const first = `${numId}/${ilvl}`;
    if (start !== undefined && !this.started.has(first)) counters[ilvl] = start;
    else counters[ilvl] = current === undefined ? (start ?? level.start) : current + 1;
    this.started.add(first);
    for (let deeper = ilvl + 1; deeper < LEVELS; deeper++) {
      if (ilvl < (levelAt(deeper)?.restart ?? deeper)) counters[deeper] = undefined;
    }
    if (level.format === 'bullet') return { number: '', bullet: true, ilvl };
    const values = counters;
    const number = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const shown = levelAt(at);
      const value = values[at] ?? instance.starts.get(at) ?? shown?.start ?? 1;
      return listNumber(value, level.legal ? 'decimal' : (shown?.format ?? 'decimal'));
    });
    return { number: number.trim().replace(/\.$/, ''), bullet: false, ilvl };
  }

  private list(numId: string): { instance: ListInstance; abstract: AbstractList; key: string } | null {
    const instance = this.instances.get(numId);
    if (!instance) return null;
    let key = instance.abstractId;
    let abstract = this.abstracts.get(key);
    for (let hops = 0; abstract?.link !== undefined && hops < 5; hops++) {
      const linked = this.instances.get(this.styles.get(abstract.link).numId ?? '')?.abstractId;
      if (linked === undefined || linked === key) break;
      key = linked;
      abstract = this.abstracts.get(key);
    }
    return abstract ? { instance, abstract, key } : null;
  }
}

function readLevel(level: Level, name: string, value: string, attributes: Attributes): void {
  switch (name) {
    case 'w:start':
      level.start = Number(value) || 0;
      break;
    case 'w:numFmt':
      level.format = value;
      break;
    case 'w:lvlText':
      level.text = value.slice(0, 200);
      break;
    case 'w:lvlRestart':
      level.restart = Number(value);
      break;
    case 'w:isLgl':
      level.legal = isOn(attributes['w:val']);
      break;
    case 'w:pStyle':
      level.style = value;
      break;
  }
}
