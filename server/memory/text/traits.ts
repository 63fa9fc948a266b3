import { calendarNames } from './calendar.ts'

/** What ranking needs to know of a text beside its terms, as bits. */
export const QUESTION = 1
export const SAYS_WHEN = 2
export const FIRST_PERSON = 4
export const BY_ASSISTANT = 8

interface WordLists {
  firstPerson: string[]
  /** Words that place something in time, beside the names of months and weekdays. */
  time: string[]
  asksWhen: string[]
}

const LISTS: Record<string, WordLists> = {
  en: {
    firstPerson: ['i', 'me', 'my', 'mine', 'we', 'us', 'our', "i'm", "i've", "i'd", "i'll", "we're", "we've", "we'll"],
    time: 'ago last next week weekend month year yesterday today tomorrow tonight morning since'.split(' '),
    asksWhen: ['when', 'date', 'year', 'month', 'day'],
  },
  de: {
    firstPerson: 'ich mich mir mein meine meinen meinem meiner wir uns unser unsere'.split(' '),
    time: 'vor letzte letzten letztes nächste nächsten woche wochen monat jahr gestern heute morgen seit'.split(' '),
    asksWhen: ['wann', 'datum'],
  },
  fr: {
    firstPerson: ['je', "j'ai", 'moi', 'mon', 'ma', 'mes', 'nous', 'notre', 'nos'],
    time: ["aujourd'hui", ...'hier demain dernier dernière prochain prochaine semaine mois an année depuis'.split(' ')],
    asksWhen: ['quand', 'date'],
  },
  es: {
    firstPerson: 'yo me mi mis mío mía nosotros nuestro nuestra'.split(' '),
    time: 'ayer hoy mañana pasado pasada próximo próxima semana mes año hace desde'.split(' '),
    asksWhen: ['cuándo', 'cuando', 'fecha'],
  },
  it: {
    firstPerson: 'io mi mio mia miei mie noi nostro nostra'.split(' '),
    time: 'ieri oggi domani scorso scorsa prossimo prossima settimana mese anno fa da'.split(' '),
    asksWhen: ['quando', 'data'],
  },
  pt: {
    firstPerson: 'eu me meu minha meus minhas nós nosso nossa'.split(' '),
    time: 'ontem hoje amanhã passado passada próximo próxima semana mês ano desde'.split(' '),
    asksWhen: ['quando', 'data'],
  },
  nl: {
    firstPerson: 'ik mij me mijn wij we ons onze'.split(' '),
    time: 'gisteren vandaag morgen vorige volgende week maand jaar geleden sinds'.split(' '),
    asksWhen: ['wanneer', 'datum'],
  },
  ru: {
    firstPerson: 'я меня мне мной мой моя моё мое мои мы нас наш наша наши'.split(' '),
    time: 'вчера сегодня завтра прошлый прошлом прошлой прошлую следующий неделю неделе месяц месяце год году назад'.split(
      ' ',
    ),
    asksWhen: ['когда', 'дата'],
  },
  ar: {
    firstPerson: ['أنا', 'نحن', 'لي', 'لدي', 'عندي'],
    time: 'أمس اليوم غدا الماضي الماضية القادم القادمة أسبوع الأسبوع شهر الشهر سنة السنة منذ'.split(' '),
    asksWhen: ['متى', 'تاريخ'],
  },
  ja: {
    firstPerson: ['私', '僕', '俺', '私たち', '我々'],
    time: ['昨日', '今日', '明日', '先週', '来週', '先月', '来月', '去年', '来年', '今年', '前'],
    asksWhen: ['いつ', '何月', '何日'],
  },
}

interface WordSets {
  firstPerson: ReadonlySet<string>
  time: ReadonlySet<string>
  asksWhen: ReadonlySet<string>
}

const sets = new Map<string, WordSets>()

function setsOf(code: string): WordSets {
  let found = sets.get(code)
  if (!found) {
    const lists = LISTS[code]
    found = {
      firstPerson: new Set(lists?.firstPerson),
      time: new Set([...(lists?.time ?? []), ...calendarNames(code)]),
      asksWhen: new Set(lists?.asksWhen),
    }
    sets.set(code, found)
  }
  return found
}

export function traitsOf(text: string, words: readonly string[], code: string): number {
  const { firstPerson, time } = setsOf(code)
  let traits = /[?？؟]\s*$/.test(text) ? QUESTION : 0
  if (words.some((word) => time.has(word) || /^(19|20)\d\d$/.test(word))) traits |= SAYS_WHEN
  if (words.some((word) => firstPerson.has(word))) traits |= FIRST_PERSON
  return traits
}

export function asksWhen(words: readonly string[], code: string): boolean {
  return words.some((word) => setsOf(code).asksWhen.has(word))
}

export function asksAboutSelf(words: readonly string[], code: string): boolean {
  return words.some((word) => setsOf(code).firstPerson.has(word))
}
