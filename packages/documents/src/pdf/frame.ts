/** Quarter turns that make text of an angle run from left to right. */
export type Turn = 0 | 1 | 2 | 3;

/** The visible part of a page in the page's own coordinates, whose origin is at the lower left. Points. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  bottom: number;
}
