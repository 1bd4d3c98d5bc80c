/** Resident memory one reader may hold, in MB, unless the person says otherwise. Ordinary documents take two thirds of it. */
export const READER_MEMORY_MB = 384;
/** Seconds one document may take. */
export const READER_SECONDS = 120;
