/** Zones are named after cities; of these regions after hardly anything else. */
const REGIONS = /^(?:Africa|America|Asia|Australia|Europe)\/(\p{L}+)$/u

/** First names as much as places: where they are meant is told by what is done there. */
const ALSO_NAMES = new Set(
  'adelaide casey chad chita creston darwin dawson georgia israel jordan oral regina resolute samara santiago sofia sydney'.split(
    ' ',
  ),
)

let cities: Map<string, string> | null = null
const countries = new Map<string, Map<string, string>>()

/** The cities that time zones are named after, as English spells them, by their names in lower case. */
function knownCities(): Map<string, string> {
  cities ??= new Map(
    Intl.supportedValuesOf('timeZone').flatMap((zone) => {
      const city = REGIONS.exec(zone.replaceAll('_', ''))?.[1] && zone.split('/')[1]?.replaceAll('_', ' ')
      return city ? [[city.toLowerCase(), city] as const] : []
    }),
  )
  return cities
}

/** The countries of the world as one language calls them, by their names in lower case. */
function countriesIn(code: string): Map<string, string> {
  let known = countries.get(code)
  if (!known) {
    known = new Map()
    const names = new Intl.DisplayNames(code, { type: 'region', fallback: 'none' })
    const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
    for (const region of letters.flatMap((a) => letters.map((b) => a + b))) {
      const name = names.of(region)
      if (name) known.set(name.toLowerCase(), name)
    }
    countries.set(code, known)
  }
  return known
}

/** How a place that needs no introduction is written, or null: countries in the language at hand, and large cities. */
export function knownPlace(name: string, code: string): string | null {
  const key = name.toLowerCase()
  if (ALSO_NAMES.has(key)) return null
  return countriesIn(code).get(key) ?? knownCities().get(key) ?? null
}

/** Whether a word shares its beginning with the name of a country and is none itself, as "Brazilian". */
export function startsLikeCountry(word: string, code: string): boolean {
  const beginning = word.toLowerCase().slice(0, 4)
  const names = countriesIn(code)
  if (beginning.length < 4 || names.has(word.toLowerCase())) return false
  return [...names.keys()].some((name) => name.startsWith(beginning))
}
