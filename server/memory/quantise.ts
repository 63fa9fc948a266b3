/** A signed byte a dimension: only a vector's direction counts, so that its largest part may take all of a byte. */
export function quantise(vector: Float32Array): Int8Array {
  const most = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1
  return Int8Array.from(vector, (value) => Math.round((127 * value) / most))
}
