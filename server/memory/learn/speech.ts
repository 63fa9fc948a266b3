/** How one language says who somebody is and where somebody is. Each pattern catches a name in the group `name`. */
export interface Speech {
  people: readonly RegExp[]
  /** Words of being or going somewhere: without one of them a place is not told from another name. */
  stays: RegExp
  where: RegExp
}

const WORD = "\\p{Lu}[\\p{L}\\p{M}'’-]*"
const NAME = `(?<name>${WORD}(?: ${WORD}){0,2})`

export const RELATIVES =
  '(?:wife|husband|partner|fiancée?|girlfriend|boyfriend|son|daughter|child|kid|baby|mother|mum|mom|father|dad|brother|sister|twin|grand(?:mother|father|ma|pa|son|daughter)|aunt|uncle|niece|nephew|cousin|(?:best )?friend|boss|manager|colleague|neighbou?r|teacher|therapist|doctor|dentist|dog|cat|puppy|kitten|horse|rabbit|parrot)'

const global = (source: string) => new RegExp(source, 'gu')

/** By ISO 639-1 code. */
export const SPEECH: Record<string, Speech> = {
  en: {
    people: [
      global(`\\b[Mm]y (?:\\p{Ll}+ )?${RELATIVES}(?:['’]s name)?,?(?: is| was|['’]s)?(?: called| named)?,? ${NAME}`),
      global(`\\b(?:married|engaged) to ${NAME}`),
      global(`(?<!\\p{L})${NAME}(?: is|,|['’]s)? my (?:\\p{Ll}+ )?${RELATIVES}\\b`),
    ],
    stays:
      /\b(?:liv(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|grew up|born|raised|stay(?:s|ed|ing)?|based|(?:am|'m|’m|is|are|come|comes|came) (?:originally )?from|travel\w*|trip|flight|fl(?:y|ies|ew|ying)|drive|drove|went|go(?:es|ing)?|visit\w*|vacation|holidays?|home|house|flat|apartment)\b/iu,
    where: global(`\\b(?:in|to|near|from|via|visit(?:ed|ing)?) (?:the )?${NAME}`),
  },
}
