/** Seconds one document may take where the command line does not say. */
export const DEFAULT_TIMEOUT_SECONDS = 120;
/** Resident memory one reader may hold, in MB, where the command line does not say. Ordinary documents take two thirds of it. */
export const DEFAULT_MEMORY_MB = 384;
