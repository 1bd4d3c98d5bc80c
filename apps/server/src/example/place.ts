/** From where the worked example's proof was looked at, as the signed files say it; pages say it in the reader's language. */
export const EXAMPLE_PLACE = 'the worked example';
