import { anyWord, global, NAME, type Patterns, type Speech, says } from '../patterns.ts'

const RELATIVES =
  '(?:mujer|esposa|marido|esposo|pareja|novia|novio|prometid[oa]|hij[oa]|bebé|madre|mamá|padre|papá|herman[oa]|gemel[oa]|abuel[oa]|niet[oa]|tí[oa]|sobrin[oa]|prim[oa]|mejor amig[oa]|amig[oa]|jef[ea]|compañer[oa]|vecin[oa]|médic[oa]|dentista|perr[oa]|gat[oa]|caballo|conejo)'
const SOMETHING = '(?!(?:que|cuando|si|esto|eso|te|lo|la idea|cómo)(?!\\p{L}))\\p{L}'
const TRADE =
  '(?:profesora?|maestr[oa]|enfermer[oa]|médic[oa]|ingenier[oa]|desarrolladora?|programadora?|diseñadora?|abogad[oa]|artista|escritora?|estudiante|científic[oa]|investigadora?|cociner[oa]|conductora?|contable|contadora?|arquitect[oa]|periodista|músic[oa]|fotógraf[oa]|pilot[oa]|agricultora?|electricista|fontaner[oa]|carpinter[oa]|dentista|farmacéutic[oa]|psicólog[oa]|traductora?|bibliotecari[oa]|policía|jubilad[oa])'
const TONGUE =
  '(?:español|inglés|francés|alemán|italiano|portugués|ruso|árabe|chino|japonés|catalán|gallego|euskera|neerlandés|polaco|turco|coreano|griego|ucraniano)'

export const spanish: Patterns = {
  request:
    /^(?:por favor,?\s+)?(?:recuerda|acuérdate de|no (?:te )?olvides(?: de)?|anota|apunta|ten en cuenta|memoriza)(?:,?\s+por favor)?(?:\s*:\s*|,?\s+que\s+)/iu,
  notARequest: /^(?:cuándo|cuando|cómo|dónde|quién)(?!\p{L})/iu,
  opening: /^(?:(?:por cierto|bueno|pues|ah|hola|sí|no,|vale|ok|oye)[,!.:]?\s+)+/iu,
  unsure: anyWord(
    'si|quizás?|tal vez|probablemente|supongo|imagina|supón|ojalá|espero|creo|gustaría|podría|sería|tendría|quisiera|broma|como si|ya no|en mi sueño|en (?:el|la|un|una) (?:libro|película|juego|novela)|dij[oe]|dicen?|preguntó|pregunta',
  ),
  facts: [
    { kind: 'name', only: 'name', says: /^(?:[Mm]e llamo|[Mm]i nombre es|[Ll]l[aá]mame|[Pp]uedes llamarme) \p{Lu}/u },
    {
      kind: 'home',
      only: 'home',
      says: /^(?:[Yy]o )?(?:[Aa]hora )?(?:[Vv]iv(?:o|imos) (?:ahora |actualmente )?(?:en|cerca de)|(?:[Mm]e (?:acabo de mudar|mudé|he mudado)|[Nn]os (?:mudamos|hemos mudado)) a) (?:el |la |los |las )?\p{Lu}/u,
    },
    { kind: 'home', says: /^(?:[Yy]o )?(?:[Ss]oy (?:originari[oa] )?de|[Nn]ací en) (?:la |los |el )?\p{Lu}/u },
    {
      kind: 'work',
      says: /^(?:[Yy]o )?(?:[Aa]hora )?[Tt]rabajo (?:(?:en|para|con) (?:el |la )?\p{Lu}|(?:como|de) \p{Ll})/u,
    },
    { kind: 'work', says: says(`(?:yo )?soy (?:una? )?${TRADE}(?!\\p{L})`) },
    { kind: 'family', says: says(`(?:mi|nuestr[oa]) ${RELATIVES} se llama \\p{L}`) },
    {
      kind: 'family',
      says: new RegExp(
        `^[Mm]i ${RELATIVES}(?:,? \\p{Lu}\\p{L}+,?)? (?:vive|trabaja|estudia|tiene \\d+ años)(?!\\p{L})`,
        'u',
      ),
    },
    {
      kind: 'family',
      says: says(
        '(?:tengo|tenemos) (?:una?|dos|tres|cuatro|cinco|seis|\\d+) (?:hij[oa]s?|herman[oa]s?|perr[oa]s?|gat[oa]s?|niet[oa]s?|gemel[oa]s)(?!\\p{L})',
      ),
    },
    { kind: 'family', says: /^(?:[Yy]o )?[Ee]stoy (?:casad[oa]|prometid[oa]) con \p{Lu}/u },
    { kind: 'date', says: says('(?:mi cumpleaños|nuestro aniversario) es (?:el|en) [\\p{L}\\d]|(?:yo )?nací el \\d') },
    { kind: 'date', only: 'age', says: says('(?:yo )?tengo \\d{1,3} años(?!\\p{L})') },
    { kind: 'health', says: says(`(?:yo )?soy (?:muy )?(?:alérgic[oa]|intolerante) (?:a|al) ${SOMETHING}`) },
    { kind: 'health', says: says('(?:yo )?tengo (?:asma|diabetes|epilepsia|migrañas?|alergia a)(?!\\p{L})') },
    {
      kind: 'health',
      says: says('(?:yo )?soy (?:vegetarian[oa]|vegan[oa]|celíac[oa]|diabétic[oa]|daltónic[oa]|zurd[oa])(?!\\p{L})'),
    },
    { kind: 'preference', says: says('(?:yo )?(?:no|nunca) (?:como|bebo|fumo)(?!\\p{L})') },
    { kind: 'preference', says: says(`(?:me encantan?|odio|detesto|adoro|prefiero|no soporto) ${SOMETHING}`) },
    {
      kind: 'preference',
      only: 'favourite',
      says: says('mis? (?<of>[\\p{L} -]{2,40}?) (?:favorit[oa]s?|preferid[oa]s?) (?:es|son) \\p{L}'),
    },
    {
      kind: 'language',
      says: says(`(?:yo )?hablo (?:bien |un poco de )?(?:el )?${TONGUE}(?!\\p{L})|mi lengua materna es \\p{L}`),
    },
  ],
  hints: [
    { kind: 'preference', says: says(`(?:no )?me gustan? ${SOMETHING}`) },
    { kind: 'habit', says: says('(?:yo )?suelo \\p{L}') },
    { kind: 'plan', says: says('(?:planeo|planeamos|tengo pensado|tenemos pensado|pienso) \\p{L}+[aei]r(?!\\p{L})') },
    {
      kind: 'plan',
      says: says('(?:tengo|tenemos) (?:una cita|un examen|una entrevista|un vuelo|una reunión)(?!\\p{L})'),
    },
    { kind: 'activity', says: says(`estoy (?:aprendiendo|estudiando|escribiendo|entrenando para) ${SOMETHING}`) },
    { kind: 'goal', says: says('mi (?:objetivo|meta|sueño) es \\p{L}') },
  ],
}

export const spanishSpeech: Speech = {
  people: [
    global(`[Mm]i ${RELATIVES}(?:,| se llama)? ${NAME}`),
    global(`(?:casad[oa]|prometid[oa]) con ${NAME}`),
    global(`${NAME}, mi ${RELATIVES},`),
  ],
  stays: anyWord(
    'viv[oeí]\\p{L}*|mud\\p{L}+|soy de|nac[íi]\\p{L}*|crec[íi]\\p{L}*|viaj\\p{L}+|vuel[oa]s?|volé|vacaciones|voy|vamos|fui|fuimos|visit\\p{L}+|originari[oa]',
  ),
  where: global(`(?:en|a|de|desde|hacia|cerca de) (?:el |la |los |las )?${NAME}`),
}
