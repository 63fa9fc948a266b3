import { LANGUAGES } from '#server/memory/text/languages.ts'

/** Month names of a language, long and short, in every case its dates use, by their number. */
function monthsOf(code: string): Map<string, number> {
  const months = new Map<string, number>()
  for (const month of ['long', 'short'] as const) {
    for (const around of [{}, { day: 'numeric' } as const]) {
      const format = new Intl.DateTimeFormat(code, { month, ...around, timeZone: 'UTC' })
      for (let at = 0; at < 12; at++) {
        const parts = format.formatToParts(Date.UTC(2024, at, 1))
        const name =
          parts
            .find(({ type }) => type === 'month')
            ?.value.toLowerCase()
            .replace(/\.$/, '') ?? ''
        if (/^\p{L}{3,}$/u.test(name)) months.set(name, at + 1)
      }
    }
  }
  return months
}

interface Reader {
  months: Map<string, number>
  spoken: RegExp
}

const readers = new Map<string, Reader>()

function readerOf(code: string): Reader {
  let reader = readers.get(code)
  if (!reader) {
    const months = monthsOf(LANGUAGES.has(code) ? code : 'en')
    const month = `(?<month>${[...months.keys()].sort((a, b) => b.length - a.length).join('|')})\\.?`
    const year = '(?<year>(?:19|20)\\d\\d)'
    const day = '(?<day>[0-3]?\\d)(?:st|nd|rd|th|er|\\.|º|ª)?'
    const of = '(?:\\s+(?:of|de|del|di|van|da))?'
    const spoken = [
      `${day}${of}\\s+${month}(?:,?${of}\\s+${year})?`,
      `${month}\\s+${day.replace('day', 'day2')}(?:,?\\s+${year.replace('year', 'year2')})?`.replace('month', 'month2'),
      `${month.replace('month', 'month3')}${of}\\s+${year.replace('year', 'year3')}`,
    ]
    reader = { months, spoken: new RegExp(`(?<![\\p{L}\\p{N}])(?:${spoken.join('|')})(?![\\p{L}\\p{N}])`, 'giu') }
    readers.set(code, reader)
  }
  return reader
}

const NUMERIC = /(?<![\p{N}.-])(?:((?:19|20)\d\d)-(\d\d)-(\d\d)|(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d))(?![\p{N}-])/gu
const YEAR_ALONE = /(?<=(?:^|\s)(?:in|since|en|depuis|desde|seit|im jahr|с|в)\s)((?:19|20)\d\d)(?![\p{L}\p{N}-])/giu

interface Dated {
  at: number
  name: string
}

/**
 * The dates that a text names outright, in ISO 8601 as far as they are said. Intervals and what hangs on the day of
 * speaking ("last week", "in two years") are no dates.
 */
export function findDates(text: string, code: string): Dated[] {
  const { months, spoken } = readerOf(code)
  const found: Dated[] = []
  for (const { index, groups = {} } of text.matchAll(spoken)) {
    const month = months.get((groups.month ?? groups.month2 ?? groups.month3 ?? '').toLowerCase())
    const day = groups.day ?? groups.day2
    add(found, index, groups.year ?? groups.year2 ?? groups.year3, month, day ? Number(day) : undefined)
  }
  for (const { index, 1: y1, 2: m1, 3: d1, 4: d2, 5: m2, 6: y2 } of text.matchAll(NUMERIC)) {
    add(found, index, y1 ?? y2, Number(m1 ?? m2), Number(d1 ?? d2))
  }
  for (const { index, 1: year } of text.matchAll(YEAR_ALONE)) add(found, index, year, undefined, undefined)
  return found
}

function add(found: Dated[], at: number, year: string | undefined, month: number | undefined, day: number | undefined) {
  if (month === undefined && day === undefined) return void (year && found.push({ at, name: year }))
  if (month === undefined || month < 1 || month > 12) return
  const two = (value: number) => String(value).padStart(2, '0')
  if (day === undefined) return void (year && found.push({ at, name: `${year}-${two(month)}` }))
  const longest = new Date(Date.UTC(Number(year ?? 2024), month, 0)).getUTCDate()
  if (day < 1 || day > longest) return
  found.push({ at, name: `${year ?? '-'}-${two(month)}-${two(day)}` })
}
