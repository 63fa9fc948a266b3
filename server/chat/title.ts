import { plain } from '#server/memory/text/plain.ts'

const LONGEST = 60

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * A title for a thread from the first thing said in it: its first sentence without markup, at most 60 characters as a
 * reader counts them, cut between words.
 */
export function titleFrom(text: string): string {
  const said = [...sentences.segment(unnumbered(plain(text.slice(0, 2_000))))].map(({ segment }) => segment.trim())
  const first = said.find((sentence) => sentence !== '') ?? ''
  const characters = [...graphemes.segment(first)].map(({ segment }) => segment)
  if (characters.length <= LONGEST) return first.replace(/[\s.,;:。、]+$/u, '')
  const cut = characters.slice(0, LONGEST - 1).join('')
  const words = cut.replace(/\s+\S*$/u, '')
  return `${(words.length > LONGEST / 3 ? words : cut).replace(/[\s.,;:–-]+$/u, '')}…`
}

/** Each line without the number it has in a list, and without the space that markup leaves. */
function unnumbered(text: string): string {
  return text.replace(/^\s*\d+[.)]\s+/gm, '').replace(/[^\S\n]+/g, ' ')
}
