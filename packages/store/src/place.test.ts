import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from './errors.ts';
import { placeFrom } from './place.ts';

describe('the place of a workbench', () => {
  it.each([
    ['the folder that is named', { data: '/srv/a' }, { PROVISO_DATA: '/srv/b' }, '/srv/a'],
    ['else that of the environment', {}, { PROVISO_DATA: '/srv/b' }, '/srv/b'],
    ["else one of the user's own", {}, { XDG_DATA_HOME: '/home/u/data' }, '/home/u/data/proviso'],
  ])('is %s', (_, options, env, dataDir) => {
    const place = placeFrom(options, env);
    expect(place.dataDir).toBe(dataDir);
    expect(place.database).toEqual({ dataDir });
  });

  it('is another PostgreSQL where one is named, beside files of our own', () => {
    const env = { DATABASE_URL: 'postgresql://u@db/proviso', PROVISO_SECRET: 's', PROVISO_DATA: '/srv/a' };
    expect(placeFrom({}, env).database).toEqual({ url: 'postgresql://u@db/proviso', secret: 's' });
    expect(placeFrom({ join: true }, { PROVISO_DATA: '/srv/a' }).database).toEqual({
      dataDir: join('/srv/a'),
      join: true,
    });
  });

  it('names the setting of S3 that is missing', () => {
    const env = { PROVISO_S3_BUCKET: 'b', PROVISO_S3_ENDPOINT: 'https://s3.example' };
    expect(() => placeFrom({ data: '/srv/a' }, env)).toThrow(StoreError);
    expect(() => placeFrom({ data: '/srv/a' }, env)).toThrow('PROVISO_S3_ACCESS_KEY_ID is not');
  });
});
