import { detectLanguage } from '#server/memory/text/detect.ts'
import { terms } from '#server/memory/text/terms.ts'
import { words } from '#server/memory/text/words.ts'

/** The share of a fact's words that must have been said: a model that adds more has made it up. */
const GROUNDED = 0.6

/** Words that turn a fact around, in the languages whose sentences are read without a model, and their neighbours. */
const NEGATION =
  /^(?:no|not|never|cannot|\p{L}+n't|nicht|keine?[nmrs]?|nie|niemals|ne|pas|jamais|plus|nunca|jamás|не|нет|никогда|non|mai|não|niet|geen|nooit)$/u

/** Whether a fact says no more than a text that is known, and nothing against it. */
export function saysNoMore(fact: string, known: string): boolean {
  const own = new Set(words(fact))
  const others = words(known)
  const left = others.filter((word) => !own.has(word))
  return (
    own.size > 0 && own.size + new Set(left).size === new Set(others).size && !left.some((word) => NEGATION.test(word))
  )
}

/** Whether a fact was said, by its words, in what was said. */
export function isGrounded(fact: string, said: readonly string[], languages: readonly string[]): boolean {
  const heard = new Set(said.flatMap((text) => termsOf(text, languages)))
  const own = [...new Set(termsOf(fact, languages))]
  return own.length > 0 && own.filter((term) => heard.has(term)).length >= own.length * GROUNDED
}

function termsOf(text: string, languages: readonly string[]): string[] {
  const found = words(text)
  return terms(found, detectLanguage(found, languages))
}
