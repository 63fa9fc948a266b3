/** The smallest round number (1, 2, 3, 4, 5, 6, 8 or 10 times a power of ten) that is not below `value`: where a scale ends. */
export function ceiling(value: number): number {
  if (value <= 2) return 2
  const unit = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 3, 4, 5, 6, 8, 10].map((times) => times * unit).find((top) => top >= value) ?? value
}
