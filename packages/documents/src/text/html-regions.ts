import type { Aside } from '../model.ts';
import type { BoundedBuilder } from './bounded.ts';
import type { FlowPiece } from './html-table.ts';
import { addPiece } from './piece.ts';

/** An element named like a menu or banner is one when at least this share of its text is links, or it is short. */
const LINKED_SHARE = 0.5;
const SHORT_FRAME = 400;
/** A menu without a name: a run of at least this many short pieces that are nothing but links, before or after all text. */
const MENU_RUN = 6;
/** Entries from which a list of links into the page is its table of contents. */
const MIN_CONTENTS = 3;

/**
 * Decides which pieces are what the page says and which belong to its frame (menus, banners, footers), and adds the first to the
 * document and the second to its asides. Nothing is dropped.
 * @param whole the pieces are a whole page; false for HTML inside another format, where nothing frames the text
 */
export function addPieces(builder: BoundedBuilder, pieces: readonly FlowPiece[], whole: boolean): void {
  const confirmed = whole ? confirmSuspects(pieces) : new Set<number>();
  const main = whole && hasMain(pieces);
  const menus = whole && !main ? menuRuns(pieces) : new Set<FlowPiece>();
  for (const piece of contents(pieces)) menus.add(piece);
  const keepTitle = !pieces.some((piece) => piece.region === 'body' && piece.kind === 'heading' && piece.level === 1);
  let titled = false;
  let mainSeen = false;
  for (const piece of pieces) {
    mainSeen ||= piece.main;
    let region: FlowPiece['region'] = piece.region;
    if (region === 'body' && piece.suspects.some((id) => confirmed.has(id))) region = 'header';
    if (region === 'body' && (menus.has(piece) || (main && !piece.main))) region = mainSeen ? 'footer' : 'header';
    // The only title of the page may stand in its banner.
    if (region === 'header' && keepTitle && !titled && piece.kind === 'heading' && piece.level === 1) {
      titled = true;
      region = 'body';
    }
    if (region === 'body') addPiece(builder, piece);
    else builder.aside(asideKind(region), piece.text);
  }
}

function asideKind(region: Exclude<FlowPiece['region'], 'body'>): Aside['kind'] {
  return region;
}

function confirmSuspects(pieces: readonly FlowPiece[]): Set<number> {
  const sizes = new Map<number, { chars: number; linked: number; prose: boolean }>();
  for (const piece of pieces) {
    for (const id of piece.suspects) {
      const size = sizes.get(id) ?? { chars: 0, linked: 0, prose: false };
      size.chars += piece.text.length;
      size.linked += piece.linked;
      size.prose ||= piece.kind === 'heading' && piece.level === 1;
      sizes.set(id, size);
    }
  }
  const confirmed = new Set<number>();
  for (const [id, size] of sizes) {
    if (!size.prose && (size.chars < SHORT_FRAME || size.linked / size.chars > LINKED_SHARE)) confirmed.add(id);
  }
  return confirmed;
}

/** Whether `main` holds enough of the page to be believed. */
function hasMain(pieces: readonly FlowPiece[]): boolean {
  let inside = 0;
  let all = 0;
  for (const piece of pieces) {
    if (piece.region !== 'body') continue;
    all += piece.text.length;
    if (piece.main) inside += piece.text.length;
  }
  return inside >= 200 && inside > all * 0.3;
}

/** Tables of contents: runs of items that are nothing but links to the headings below. */
function contents(pieces: readonly FlowPiece[]): Set<FlowPiece> {
  const found = new Set<FlowPiece>();
  let run: FlowPiece[] = [];
  for (const piece of [...pieces, undefined]) {
    if (piece?.within && piece.kind === 'item' && piece.text.length < 200) run.push(piece);
    else {
      if (run.length >= MIN_CONTENTS) for (const entry of run) found.add(entry);
      run = [];
    }
  }
  return found;
}

function menuRuns(pieces: readonly FlowPiece[]): Set<FlowPiece> {
  const found = new Set<FlowPiece>();
  const body = pieces.filter((piece) => piece.region === 'body');
  const first = body.findIndex(isText);
  if (first === -1) return found;
  const last = body.findLastIndex(isText);
  for (const part of [body.slice(0, first), body.slice(last + 1)]) {
    let run: FlowPiece[] = [];
    const close = (): void => {
      if (run.length >= MENU_RUN) for (const piece of run) found.add(piece);
      run = [];
    };
    for (const piece of part) {
      if (piece.text.length < 60 && piece.linked >= piece.text.length * 0.8 && piece.kind !== 'heading')
        run.push(piece);
      else close();
    }
    close();
  }
  return found;
}

function isText(piece: FlowPiece): boolean {
  return piece.text.length - piece.linked >= 120;
}
