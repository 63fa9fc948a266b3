const LONGEST = 60

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * A title for a thread from the first thing said in it: its first sentence without markup, at most 60 characters as a
 * reader counts them, cut between words.
 */
export function titleFrom(text: string): string {
  const said = [...sentences.segment(plain(text.slice(0, 2_000)))].map(({ segment }) => segment.trim())
  const first = said.find((sentence) => sentence !== '') ?? ''
  const characters = [...graphemes.segment(first)].map(({ segment }) => segment)
  if (characters.length <= LONGEST) return first.replace(/[\s.,;:。、]+$/u, '')
  const cut = characters.slice(0, LONGEST - 1).join('')
  const words = cut.replace(/\s+\S*$/u, '')
  return `${(words.length > LONGEST / 3 ? words : cut).replace(/[\s.,;:–-]+$/u, '')}…`
}

function plain(text: string): string {
  const prose = text.replace(/```[^\n]*\n?([\s\S]*?)(```|$)/g, '$1')
  return prose
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/g, '')
    .replace(/[^\S\n]+/g, ' ')
}
