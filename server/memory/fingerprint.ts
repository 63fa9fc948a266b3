import { createHash } from 'node:crypto'
import { words } from './text/words.ts'

const CONTRACTED: Record<string, string> = { "'m": ' am', "'re": ' are', "'ve": ' have', "'ll": ' will', "n't": ' not' }

/**
 * What two spellings of one statement share: its words in their order, without case, punctuation and contractions.
 * No word is dropped or stemmed, for "I like fish" and "I do not like fish" must never be taken for one fact.
 */
export function fingerprint(text: string): string {
  const found = words(text).map((word) =>
    word.replace(/(?:'m|'re|'ve|'ll|n't)$/, (short) => CONTRACTED[short] ?? short),
  )
  const said = found.length > 0 ? found.join(' ') : text.trim()
  return createHash('sha256').update(said).digest('base64url').slice(0, 22)
}
