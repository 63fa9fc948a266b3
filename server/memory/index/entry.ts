/**
 * One posting is three bytes: a little-endian uint16 whose low 12 bits are the text's number within its chunk and whose
 * high 4 bits are how often the term occurs in it (15 stands for more), then the text's length in one byte, quantised
 * as Lucene's SmallFloat does. Both parts of BM25 that belong to the text are thus at hand in the postings themselves,
 * and the average length may move without any posting being wrong.
 */
export const ENTRY_BYTES = 3
export const CHUNK_BITS = 12
export const CHUNK_TEXTS = 1 << CHUNK_BITS
const HIGHEST_FREQUENCY = 15

/** An entry as hexadecimal digits, as the statement that appends it takes them. `length` is in terms. */
export function encodeEntry(number: number, frequency: number, length: number): string {
  const head = (number & (CHUNK_TEXTS - 1)) | (Math.min(frequency, HIGHEST_FREQUENCY) << CHUNK_BITS)
  return hex(head & 255) + hex(head >> 8) + hex(encodeLength(length))
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

/** Exact up to 15, then 3 bits of mantissa: at most 12 % off, a monotonic code that fits a byte up to 2^34. */
export function encodeLength(length: number): number {
  if (length < 16) return length
  const exponent = 31 - Math.clz32(length)
  return Math.min(255, ((exponent - 2) << 3) | ((length >> (exponent - 3)) & 7))
}

export function decodeLength(code: number): number {
  if (code < 16) return code
  const exponent = (code >> 3) + 2
  return (8 | (code & 7)) * 2 ** (exponent - 3)
}
