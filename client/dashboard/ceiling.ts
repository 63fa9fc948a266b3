/**
 * Where a scale of whole things ends: the smallest even number among 1, 2, 3, 4, 5, 6, 8 and 10 times a power of ten
 * that is not below `value`, so that its middle is a whole number, too.
 */
export function ceiling(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  const ends = [1, 2, 3, 4, 5, 6, 8, 10].map((times) => times * unit).filter((end) => end % 2 === 0)
  return ends.find((end) => end >= value) ?? value
}
