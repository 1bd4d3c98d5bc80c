/** Seconds one document may take where the command line does not say. */
export const DEFAULT_TIMEOUT_SECONDS = 120;
/** Resident memory one reader may hold, in MB, where the command line does not say. Ordinary documents take two thirds of it. */
export const DEFAULT_MEMORY_MB = 384;
/** A probe where the command line does not say: seconds for one exchange and for one name, and names at a time. */
export const DEFAULT_EXCHANGE_SECONDS = 10;
export const DEFAULT_NAME_SECONDS = 120;
export const DEFAULT_NAMES_AT_A_TIME = 32;
