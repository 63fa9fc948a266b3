const VOCABULARY = 50_000

/** Ranks of the words of a question: what it costs depends on how many texts hold them. */
export const QUESTIONS: Record<string, readonly number[]> = {
  common: [1, 2, 3, 5, 8],
  typical: [20, 80, 150, 400, 900, 2000],
  rare: [5000, 9000, 20000, 40000],
}

let seed = 1

/** The same numbers every time. */
export function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return seed / 0x7fffffff
}

/** 8 to 22 words, drawn as often as in natural text (Zipf's law). */
export function sentence(): string {
  return Array.from({ length: 8 + Math.floor(random() * 15) }, () =>
    word(Math.floor(Math.exp(random() * Math.log(VOCABULARY)))),
  ).join(' ')
}

export function question(ranks: readonly number[]): string {
  return ranks.map((rank) => word(rank + Math.floor(random() * 3))).join(' ')
}

/** A word that is nobody's, pronounceable in syllables of its rank. */
function word(rank: number): string {
  let left = rank
  let text = ''
  do {
    text += 'bdfgklmnprstvz'[left % 14] ?? ''
    text += 'aiou'[Math.floor(left / 14) % 4] ?? ''
    left = Math.floor(left / 56)
  } while (left > 0)
  return `${text}x`
}
