import about from '../../package.json' with { type: 'json' };

/** Names the program that made a reading. */
export const ENGINE = `proviso ${about.version}`;
