import { words } from './words.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** "Monday, May 8, 2023" in a language and a time zone: the words under which a text is found by its date. */
export function dateInWords(date: Date, code: string, timeZone: string): string {
  const key = `${code} ${timeZone}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(`${code}-u-nu-latn-ca-gregory`, { dateStyle: 'full', timeZone })
    formats.set(key, format)
  }
  return format.format(date)
}

const names = new Map<string, ReadonlySet<string>>()

/** The names of months and weekdays in a language, as `words` gives them. */
export function calendarNames(code: string): ReadonlySet<string> {
  const known = names.get(code)
  if (known) return known
  const found = new Set<string>()
  for (let month = 0; month < 12; month++) {
    for (const style of [{ month: 'long' }, { month: 'long', day: 'numeric' }, { weekday: 'long' }] as const) {
      const format = new Intl.DateTimeFormat(`${code}-u-ca-gregory`, { ...style, timeZone: 'UTC' })
      for (const word of words(format.format(Date.UTC(2023, month, month + 1)))) {
        if (/^\p{L}{3,}/u.test(word)) found.add(word)
      }
    }
  }
  names.set(code, found)
  return found
}
