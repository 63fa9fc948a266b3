/** A pattern for LIKE of the texts in which a word stands, each of its signs for itself. */
export function containing(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`
}
