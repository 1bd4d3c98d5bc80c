import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type ActWords, actKey, readAct } from './eu-law.ts';

const words = parse(readFileSync(join(import.meta.dirname, '../../words/eu-law.yaml'), 'utf8')) as ActWords;

describe('readAct', () => {
  it.each([
    ['Regulation (EU) 2016/679', 'regulation 2016/679'],
    ['Regulation (EU) No 910/2014', 'regulation 2014/910'],
    ['règlement (UE) n° 910/2014', 'regulation 2014/910'],
    ['règlement européen no 910/2014', 'regulation 2014/910'],
    ['Verordnung (EU) Nr. 910/2014', 'regulation 2014/910'],
    ['Verordening (EU) 2016/679', 'regulation 2016/679'],
    ['Reglamento (UE) 2016/679', 'regulation 2016/679'],
    ['Regulamento (UE) 2016/679', 'regulation 2016/679'],
    ['regolamento UE n. 679 del 2016', 'regulation 2016/679'],
    ['REGOLAMENTO UE N. 2016/679', 'regulation 2016/679'],
    ['forordning (EU) 2016/679', 'regulation 2016/679'],
    ['förordning (EU) 2016/679', 'regulation 2016/679'],
    ['asetus (EU) 2016/679', 'regulation 2016/679'],
    ['määrus (EL) 2016/679', undefined],
    ['rozporządzenie (UE) 2016/679', 'regulation 2016/679'],
    ['nařízení (EU) 2016/679', 'regulation 2016/679'],
    ['rendelet (EU) 2016/679', 'regulation 2016/679'],
    ['Κανονισμός (ΕΕ) 2016/679', 'regulation 2016/679'],
    ['Регламент (ЕС) 2016/679', 'regulation 2016/679'],
    ['Directive 95/46/EC', 'directive 1995/46'],
    ['Richtlinie 2002/58/EG', 'directive 2002/58'],
    ['Richtlinie (EU) 2022/2555', 'directive 2022/2555'],
    ['Dyrektywa (UE) 2022/2555', 'directive 2022/2555'],
    ['Recommendation (EU) 2020/518', 'recommendation 2020/518'],
    ['Regulation 12/34', undefined],
    ['directive of the manager', undefined],
  ])('%s', (text, key) => {
    const act = readAct(words, text, 0);
    expect(act ? actKey(act) : undefined).toBe(key);
  });

  it('reads from where it is asked only', () => {
    expect(readAct(words, 'see Regulation (EU) 2016/679', 0)).toBeNull();
    expect(readAct(words, 'see Regulation (EU) 2016/679', 4)).not.toBeNull();
  });
});
