import * as arabic from '@orama/stemmers/arabic'
import * as bulgarian from '@orama/stemmers/bulgarian'
import * as danish from '@orama/stemmers/danish'
import * as dutch from '@orama/stemmers/dutch'
import * as english from '@orama/stemmers/english'
import * as finnish from '@orama/stemmers/finnish'
import * as french from '@orama/stemmers/french'
import * as german from '@orama/stemmers/german'
import * as greek from '@orama/stemmers/greek'
import * as hungarian from '@orama/stemmers/hungarian'
import * as hindi from '@orama/stemmers/indian'
import * as indonesian from '@orama/stemmers/indonesian'
import * as italian from '@orama/stemmers/italian'
import * as norwegian from '@orama/stemmers/norwegian'
import * as portuguese from '@orama/stemmers/portuguese'
import * as romanian from '@orama/stemmers/romanian'
import * as russian from '@orama/stemmers/russian'
import * as spanish from '@orama/stemmers/spanish'
import * as swedish from '@orama/stemmers/swedish'
import * as tamil from '@orama/stemmers/tamil'
import * as turkish from '@orama/stemmers/turkish'
import * as ukrainian from '@orama/stemmers/ukrainian'
import { stopwords as ar } from '@orama/stopwords/arabic'
import { stopwords as bg } from '@orama/stopwords/bulgarian'
import { stopwords as da } from '@orama/stopwords/danish'
import { stopwords as nl } from '@orama/stopwords/dutch'
import { stopwords as en } from '@orama/stopwords/english'
import { stopwords as fi } from '@orama/stopwords/finnish'
import { stopwords as fr } from '@orama/stopwords/french'
import { stopwords as de } from '@orama/stopwords/german'
import { stopwords as el } from '@orama/stopwords/greek'
import { stopwords as hu } from '@orama/stopwords/hungarian'
import { stopwords as hi } from '@orama/stopwords/indian'
import { stopwords as id } from '@orama/stopwords/indonesian'
import { stopwords as it } from '@orama/stopwords/italian'
import { stopwords as ja } from '@orama/stopwords/japanese'
import { stopwords as zh } from '@orama/stopwords/mandarin'
import { stopwords as no } from '@orama/stopwords/norwegian'
import { stopwords as pt } from '@orama/stopwords/portuguese'
import { stopwords as ro } from '@orama/stopwords/romanian'
import { stopwords as ru } from '@orama/stopwords/russian'
import { stopwords as es } from '@orama/stopwords/spanish'
import { stopwords as sv } from '@orama/stopwords/swedish'
import { stopwords as ta } from '@orama/stopwords/tamil'
import { stopwords as tr } from '@orama/stopwords/turkish'
import { stopwords as uk } from '@orama/stopwords/ukrainian'

/** How the words of one language become index terms. */
export interface Language {
  stem(word: string): string
  stopWords: ReadonlySet<string>
}

const unstemmed = (word: string) => word

function language(stopWords: string[], stem: (word: string) => string): Language {
  return { stem, stopWords: new Set(stopWords.map((word) => word.normalize('NFKC').toLowerCase())) }
}

/** By ISO 639-1 code. The order settles ties in detection: more widely written languages first. */
export const LANGUAGES: ReadonlyMap<string, Language> = new Map([
  ['en', language(en, english.stemmer)],
  ['es', language(es, spanish.stemmer)],
  ['fr', language(fr, french.stemmer)],
  ['de', language(de, german.stemmer)],
  ['pt', language(pt, portuguese.stemmer)],
  ['it', language(it, italian.stemmer)],
  ['nl', language(nl, dutch.stemmer)],
  ['tr', language(tr, turkish.stemmer)],
  ['id', language(id, indonesian.stemmer)],
  ['sv', language(sv, swedish.stemmer)],
  ['da', language(da, danish.stemmer)],
  ['no', language(no, norwegian.stemmer)],
  ['fi', language(fi, finnish.stemmer)],
  ['hu', language(hu, hungarian.stemmer)],
  ['ro', language(ro, romanian.stemmer)],
  ['ru', language(ru, russian.stemmer)],
  ['uk', language(uk, ukrainian.stemmer)],
  ['bg', language(bg, bulgarian.stemmer)],
  ['el', language(el, greek.stemmer)],
  ['ar', language(ar, arabic.stemmer)],
  ['hi', language(hi, hindi.stemmer)],
  ['ta', language(ta, tamil.stemmer)],
  ['ja', language(ja, unstemmed)],
  ['zh', language(zh, unstemmed)],
])
