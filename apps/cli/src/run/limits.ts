/** What one document may take where the command line does not say. */
export const DEFAULT_TIMEOUT_SECONDS = 120;
export const DEFAULT_MEMORY_MB = 768;
