/**
 * A signed byte a dimension, in base64, as statements take it: only a vector's direction counts, so that its largest part
 * may take all of a byte.
 */
export function quantise(vector: Float32Array): string {
  const most = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1
  const bytes = Int8Array.from(vector, (value) => Math.round((127 * value) / most))
  return Buffer.from(bytes.buffer).toString('base64')
}
