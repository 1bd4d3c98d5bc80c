/**
 * The parts of the OSCAL catalog and profile models (version 1.1) that are written here; names as in its JSON. Texts are markup lines
 * or plain strings.
 */
export interface OscalProperty {
  name: string;
  ns?: string;
  value: string;
}

export interface OscalLink {
  href: string;
  rel: string;
  text?: string;
}

export interface OscalParameter {
  id: string;
  label: string;
  props?: OscalProperty[];
  constraints?: { description: string }[];
  values: string[];
}

export interface OscalPart {
  id?: string;
  name: string;
  ns?: string;
  title?: string;
  props?: OscalProperty[];
  prose?: string;
  parts?: OscalPart[];
}

export interface OscalControl {
  id: string;
  class: string;
  title: string;
  params?: OscalParameter[];
  props: OscalProperty[];
  links?: OscalLink[];
  parts: OscalPart[];
}

export interface OscalMetadata {
  title: string;
  'last-modified': string;
  version: string;
  'oscal-version': string;
  props: OscalProperty[];
  remarks: string;
}

export interface OscalResource {
  uuid: string;
  title: string;
  citation?: { text: string };
  rlinks: { href: string; 'media-type'?: string }[];
  remarks?: string;
}

export interface OscalCatalog {
  catalog: {
    uuid: string;
    metadata: OscalMetadata;
    groups: { id: string; title: string; controls: OscalControl[] }[];
    'back-matter'?: { resources: OscalResource[] };
  };
}

export interface OscalProfile {
  profile: {
    uuid: string;
    metadata: OscalMetadata;
    imports: { href: string; 'include-controls': { 'with-ids': string[] }[] }[];
    merge: { 'as-is': true };
    modify?: {
      'set-parameters'?: { 'param-id': string; values: string[] }[];
      alters: {
        'control-id': string;
        removes: { 'by-id': string }[];
        adds: { position: 'ending'; props: OscalProperty[] }[];
      }[];
    };
    'back-matter': { resources: OscalResource[] };
  };
}
