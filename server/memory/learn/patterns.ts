/** How people of one language say what is worth remembering. */
export interface Patterns {
  /** "remember that": what follows is what they want kept. */
  request: RegExp
  /** What follows "remember" when nothing is asked to be kept: "remember when we met". */
  notARequest: RegExp
  /** "By the way,": said before a statement and no part of it. */
  opening: RegExp
  /** Words of supposing, wishing, quoting and pointing elsewhere: a sentence with one states no fact by itself. */
  unsure: RegExp
  /** Plain facts of a person's life: kept at once. */
  facts: readonly Pattern[]
  /** Likely worth keeping: suggested. */
  hints: readonly Pattern[]
}

export interface Pattern {
  kind: string
  says: RegExp
  /**
   * Names what a person has only one of: a new statement takes the place of the old one. Of several such patterns, those
   * with one name replace each other; a group named "of" in the pattern tells them apart ("my favourite colour").
   */
  only?: string
}

/** How people of one language say who somebody is and where somebody is. Each pattern catches a name in the group `name`. */
export interface Speech {
  people: readonly RegExp[]
  /** Words of being or going somewhere: without one of them a place is not told from another name. */
  stays: RegExp
  where: RegExp
}

/** Two letters at least: "I" is no name. */
const WORD = "\\p{Lu}(?:['’]\\p{Lu})?[\\p{L}\\p{M}][\\p{L}\\p{M}'’-]*"

/** One to three words with a capital. */
export const NAME = `(?<name>${WORD}(?: ${WORD}){0,2})`

/** A sentence that begins so. */
export const says = (source: string) => new RegExp(`^(?:${source})`, 'iu')

/** Everywhere in a text, by its capitals. */
export const global = (source: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})`, 'gu')

/** Any of these words, as a whole: `\\b` knows the letters of English alone. */
export const anyWord = (...words: string[]) => new RegExp(`(?<!\\p{L})(?:${words.join('|')})(?!\\p{L})`, 'iu')
