/** The longest text a person may send or keep, in UTF-16 code units. */
export const TEXT_LIMIT = 100_000

/** How many calls may travel in one request. */
export const BATCH_LIMIT = 100

/** The longest memory, in UTF-16 code units: a memory is a statement, not a document. */
export const MEMORY_LIMIT = 4_000

/** The largest file that is taken in, in bytes. */
export const FILE_LIMIT = 500 * 1024 * 1024
