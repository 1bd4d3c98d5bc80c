import { type DemandFile, demandHash, type Language, LEVELS } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import { metadataOf, own } from './metadata.ts';
import type { OscalProfile } from './model.ts';
import { CATALOG_FILE, controlId, levelPartId, parameterId, uuidOf } from './names.ts';

/**
 * A demand as an OSCAL profile of `oscalCatalog`: which controls, at which level, with which values; weight and knock-out as
 * properties. The catalog is looked for beside it, as `oscal-catalog.json`. Null where nothing is demanded: OSCAL cannot import nothing.
 */
export function oscalProfile(file: DemandFile, language: Language): OscalProfile | null {
  const { demand } = file;
  if (demand.requirements.length === 0) return null;
  const hash = demandHash(demand);
  const catalog = uuidOf(`profile:${hash}:${language}:catalog`);
  const parameters = demand.requirements.flatMap(({ id, parameters }) =>
    Object.entries(parameters).map(([own, value]) => ({ 'param-id': parameterId(id, own), values: [String(value)] })),
  );
  const { title, reference } = demand.context;
  const metadata = metadataOf(say(wordsOf('oscal', language), 'profile', { title }), file, language);
  return {
    profile: {
      uuid: uuidOf(`profile:${hash}:${language}`),
      metadata: {
        ...metadata,
        props: [...metadata.props, own('demand', hash), ...(reference ? [own('reference', reference)] : [])],
      },
      imports: [
        {
          href: `#${catalog}`,
          'include-controls': [{ 'with-ids': demand.requirements.map(({ id }) => controlId(id)) }],
        },
      ],
      merge: { 'as-is': true },
      modify: {
        ...(parameters.length > 0 && { 'set-parameters': parameters }),
        alters: demand.requirements.map(({ id, level, weight, knockout }) => ({
          'control-id': controlId(id),
          removes: LEVELS.filter((one) => one !== level).map((one) => ({ 'by-id': levelPartId(id, one) })),
          adds: [
            {
              position: 'ending' as const,
              props: [
                own('level', level),
                own('weight-per-mille', String(weight)),
                own('knockout', knockout ? 'yes' : 'no'),
              ],
            },
          ],
        })),
      },
      'back-matter': {
        resources: [
          {
            uuid: catalog,
            title: say(wordsOf('oscal', language), 'catalog'),
            rlinks: [{ href: CATALOG_FILE, 'media-type': 'application/json' }],
          },
        ],
      },
    },
  };
}
