import { anyWord, global, NAME, type Patterns, type Speech, says } from '../patterns.ts'

const RELATIVES =
  '(?:Frau|Mann|Ehefrau|Ehemann|Partner(?:in)?|Freund(?:in)?|Verlobter?|Sohn|Tochter|Kind|Baby|Mutter|Mama|Vater|Papa|Bruder|Schwester|Zwillings(?:bruder|schwester)|Oma|Opa|Großmutter|Großvater|Enkel(?:in)?|Tante|Onkel|Nichte|Neffe|Cousine?|Chef(?:in)?|Kolleg(?:e|in)|Nachbar(?:in)?|Ärztin|Arzt|Hund|Hündin|Katze|Kater|Pferd|Kaninchen)'
const MY = '(?:mein|meine|unser|unsere)'
const SOMETHING = '(?!(?:es|das|dies|dich|dir|euch|sie|ihn|ihr|wenn|wie|dass|zu)(?!\\p{L}))\\p{L}'
const TRADE =
  '(?:Lehrer|Arzt|Ärztin|Krankenpfleger|Krankenschwester|Ingenieur|Entwickler|Programmierer|Designer|Anwalt|Anwältin|Künstler|Schriftsteller|Student|Wissenschaftler|Forscher|Koch|Köchin|Fahrer|Buchhalter|Architekt|Journalist|Musiker|Fotograf|Pilot|Bauer|Bäuerin|Elektriker|Klempner|Tischler|Zahnarzt|Zahnärztin|Apotheker|Physiker|Therapeut|Psycholog|Übersetzer|Bibliothekar|Polizist|Rentner)(?:in|e)?'

export const german: Patterns = {
  request:
    /^(?:bitte,?\s+)?(?:merk(?:e)? dir|denk(?:e)? (?:bitte )?daran|vergiss (?:bitte )?nicht|notier(?:e)?(?: dir)?)(?:\s+bitte)?(?:\s+das)?(?:\s*:\s*|\s*,?\s*(?=dass(?!\p{L})))/iu,
  notARequest: /^(?:wann|wie|wo|wer|was|zu)(?!\p{L})/iu,
  opening: /^(?:(?:übrigens|also|na ja|ach|hallo|hi|hey|ja|nein|ok(?:ay)?|nur so)[,!.:]?\s+)+/iu,
  unsure: anyWord(
    'wenn|falls|würden?|könnten?|hätten?|wären?|vielleicht|wahrscheinlich|vermutlich|angenommen|stell dir vor|glaube|hoffe|wünschte|scherz|als ob|früher|damals|nicht mehr|im traum|im (?:buch|film|spiel|roman)|sagte?n?|sagt|gesagt|meinte|fragte?|behauptet|möchte',
  ),
  facts: [
    {
      kind: 'name',
      only: 'name',
      says: /^(?:[Ii]ch heiße|[Mm]ein (?:voller |ganzer )?Name ist|[Nn]enn(?:t)? mich) \p{Lu}/u,
    },
    {
      kind: 'home',
      only: 'home',
      says: /^(?:(?:[Ii]ch (?:wohne|lebe)|[Ww]ir (?:wohnen|leben))(?: jetzt| zurzeit| derzeit| gerade| seit [^,.]{1,25}?)? (?:in|bei|nahe)(?: der| den)? (?!Frieden|Armut|Angst|Sorge|Trennung|Scheidung|Miete|Eltern)\p{Lu}|(?:[Ii]ch bin|[Ww]ir sind)(?: \p{L}+){0,3}? nach \p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)? (?:um)?gezogen)/u,
    },
    {
      kind: 'home',
      says: /^[Ii]ch (?:komme|stamme) (?:ursprünglich )?aus (?:der (?:Schweiz|Türkei|Ukraine|Slowakei|Mongolei)|den (?:Niederlanden|USA)|(?!Versehen|Prinzip|Spaß)\p{Lu})/u,
    },
    { kind: 'work', says: /^[Ii]ch arbeite (?:jetzt |derzeit |seit [^,.]{1,25}? )?(?:bei(?: der| den)?|als) \p{Lu}/u },
    { kind: 'work', says: new RegExp(`^[Ii]ch bin (?:\\p{Ll}+ )?${TRADE}(?!\\p{L})`, 'u') },
    { kind: 'family', says: says(`${MY} ${RELATIVES} heißt \\p{L}`) },
    {
      kind: 'family',
      says: new RegExp(
        `^[Mm]eine? ${RELATIVES}(?: \\p{Lu}\\p{L}+)? (?:wohnt|lebt|arbeitet|studiert|ist \\d+)(?!\\p{L})`,
        'u',
      ),
    },
    {
      kind: 'family',
      says: says(
        '(?:ich habe|wir haben) (?:eine?n?|zwei|drei|vier|fünf|sechs|\\d+) (?:\\p{L}+ )?(?:Sohn|Söhne|Tochter|Töchter|Kind|Kinder|Bruder|Brüder|Schwestern?|Geschwister|Hunde?|Katzen?|Kater|Enkel\\p{L}*)(?!\\p{L})',
      ),
    },
    { kind: 'family', says: /^[Ii]ch bin (?:seit [^,.]{1,25}? )?mit \p{Lu}\p{L}+ (?:verheiratet|verlobt)/u },
    { kind: 'date', says: says('(?:mein|unser) (?:Geburtstag|Hochzeitstag|Jahrestag) ist (?:am|im) [\\p{L}\\d]') },
    {
      kind: 'date',
      says: says('ich (?:habe am [\\d][^.?!]{1,20}Geburtstag|(?:bin|wurde) (?:am|im|in) [^?!]{2,40}geboren)'),
    },
    { kind: 'date', only: 'age', says: says('ich bin \\d{1,3} jahre alt') },
    {
      kind: 'health',
      says: says(`ich bin (?:stark |sehr )?allergisch (?:gegen|auf) ${SOMETHING}|ich vertrage keine?n? \\p{L}`),
    },
    {
      kind: 'health',
      says: says('ich habe (?:eine )?(?:\\p{L}*allergie|Asthma|Diabetes|Epilepsie|Migräne)(?!\\p{L})'),
    },
    {
      kind: 'health',
      says: says(
        'ich bin (?:strenge?r? )?(?:Vegetarier(?:in)?|Veganer(?:in)?|vegan|Diabetiker(?:in)?|farbenblind|laktoseintolerant|Linkshänder(?:in)?)(?!\\p{L})',
      ),
    },
    { kind: 'preference', says: says('ich (?:esse|trinke|rauche) (?:keine?n?|nie|niemals|nicht)(?!\\p{L})') },
    { kind: 'preference', says: says(`ich (?:liebe|hasse|verabscheue|bevorzuge|mag keine?n?) ${SOMETHING}`) },
    { kind: 'preference', only: 'favourite', says: says(`meine? Lieblings(?<of>\\p{L}+) (?:ist|sind) ${SOMETHING}`) },
    {
      kind: 'language',
      says: /^(?:[Ii]ch spreche (?:\p{Ll}+ )?\p{Lu}\p{Ll}+isch(?!\p{L})|[Mm]eine Muttersprache ist \p{Lu})/u,
    },
  ],
  hints: [
    {
      kind: 'preference',
      says: says(
        `ich (?:mag|(?:esse|trinke|lese|höre|spiele|koche|reise|schwimme|wandere) (?:sehr )?gerne?) ?${SOMETHING}`,
      ),
    },
    { kind: 'habit', says: says('ich \\p{L}+ (?:normalerweise|meistens|immer|nie|oft) \\p{L}') },
    { kind: 'plan', says: says('(?:ich plane|wir planen|ich habe vor|wir haben vor)(?!\\p{L})') },
    {
      kind: 'plan',
      says: says(
        '(?:ich habe|wir haben) (?:am \\p{L}+ )?(?:einen (?:Termin|Flug)|eine Prüfung|ein (?:Vorstellungsgespräch|Treffen))(?!\\p{L})',
      ),
    },
    { kind: 'activity', says: says(`ich (?:lerne|trainiere für|schreibe an|studiere) ${SOMETHING}`) },
    { kind: 'goal', says: says('mein (?:Ziel|Traum|Plan) ist \\p{L}') },
  ],
}

export const germanSpeech: Speech = {
  people: [
    global(`[Mm]eine[mnrs]? ${RELATIVES}(?:,| heißt| namens)? ${NAME}`),
    global(`mit ${NAME} (?:verheiratet|verlobt)`),
    global(`${NAME}, meine?[mnr]? ${RELATIVES},`),
  ],
  stays: anyWord(
    'wohn\\p{L}*|leb\\p{L}*|zieh\\p{L}*|zog\\p{L}*|(?:um)?gezogen|komm\\p{L}*|stamm\\p{L}*|reis\\p{L}*|gereist|flieg\\p{L}*|flug|fahr\\p{L}*|gefahren|geboren|aufgewachsen|besuch\\p{L}*|urlaub',
  ),
  where: global(
    `(?:in|nach|aus|bei|von|über) (?!Frieden|Armut|Angst|Urlaub|Rente|Ruhe|Eile|Trennung|Scheidung|Miete|Versehen|Prinzip|Hause|Spaß|Kindern?|Freunden|Eltern|Büchern?)${NAME}`,
  ),
}
