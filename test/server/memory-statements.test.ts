import { expect, test } from 'vitest'
import { isGrounded, saysNoMore } from '#server/memory/extraction/same.ts'
import { entityKey, findEntities } from '#server/memory/learn/entities.ts'
import { findStatements, soleFact } from '#server/memory/learn/statements.ts'

/** Plain facts by their kind. */
const KEPT: Record<string, Record<string, string[]>> = {
  en: {
    home: ['I live in Porto.', 'We just moved to New York.', 'I am from Peru.'],
    family: ['My sister is called Ida.', 'We have two cats.'],
    health: ['I am allergic to shellfish.'],
  },
  de: {
    name: ['Ich heiße Jonas.'],
    home: [
      'Ich wohne seit drei Jahren in Graz.',
      'Wir sind letztes Jahr nach Bad Homburg gezogen.',
      'Ich komme aus der Schweiz.',
    ],
    work: ['Ich arbeite als Krankenschwester in Ulm.', 'Ich bin Lehrerin.', 'Ich arbeite bei der Bahn.'],
    family: [
      'Meine Tochter heißt Mia.',
      'Wir haben zwei Kinder.',
      'Ich bin mit Lena verheiratet.',
      'Mein Bruder Tim studiert in Wien.',
    ],
    date: ['Mein Geburtstag ist am 3. Mai.', 'Ich wurde am 2. Juni 1990 geboren.', 'Ich bin 41 Jahre alt.'],
    health: [
      'Ich bin allergisch gegen Erdnüsse.',
      'Ich habe eine Nussallergie.',
      'Ich bin Vegetarierin.',
      'Ich vertrage keine Milch.',
    ],
    preference: ['Ich esse kein Fleisch.', 'Ich liebe Opern.', 'Mein Lieblingsessen ist Linsensuppe.'],
    language: ['Ich spreche fließend Dänisch.'],
  },
  fr: {
    name: ["Je m'appelle Chloé."],
    home: ["J'habite à Lyon.", 'Nous avons déménagé en Bretagne.', "Je viens d'Espagne."],
    work: ['Je travaille chez Renault.', 'Je suis infirmière.'],
    family: ["Ma fille s'appelle Zoé.", "J'ai deux frères.", 'Mon frère Luc habite ici.'],
    date: ['Mon anniversaire est le 4 mars.', "J'ai 33 ans.", 'Je suis née en 1988.'],
    health: ['Je suis allergique aux noix.', 'Je suis végétarienne.', "J'ai de l’asthme."],
    preference: ['Je ne mange pas de viande.', 'J’adore le jazz.', 'Ma couleur préférée est le vert.'],
    language: ['Je parle couramment italien.'],
  },
  es: {
    name: ['Me llamo Inés.'],
    home: ['Vivo en Sevilla.', 'Me mudé a Bogotá.', 'Soy de Chile.'],
    work: ['Trabajo como enfermera.', 'Soy profesor.'],
    family: ['Mi hija se llama Alba.', 'Tengo tres hermanos.', 'Estoy casada con Pablo.'],
    date: ['Mi cumpleaños es el 9 de julio.', 'Tengo 52 años.'],
    health: ['Soy alérgico a los cacahuetes.', 'Tengo asma.', 'Soy vegana.'],
    preference: ['No como carne.', 'Me encanta el mar.', 'Mi comida favorita es la paella.'],
    language: ['Hablo portugués.'],
  },
  ru: {
    name: ['Меня зовут Олег.'],
    home: ['Я живу в Казани.', 'Мы недавно переехали в Самару.', 'Я родом из Перми.'],
    work: ['Я работаю учителем.', 'Я работаю в Сбербанке.'],
    family: ['Мою сестру зовут Вера.', 'У меня двое детей.', 'Я замужем за Иваном.'],
    date: ['Мой день рождения 5 мая.', 'Мне 30 лет.'],
    health: ['У меня аллергия на орехи.', 'Я вегетарианка.'],
    preference: ['Я не ем мясо.', 'Я обожаю оперу.', 'Мой любимый цвет — синий.'],
    language: ['Я свободно говорю по-испански.'],
  },
}

const SUGGESTED: Record<string, string[]> = {
  de: ['Ich lese gern Krimis.', 'Ich lerne Gitarre.', 'Mein Ziel ist ein Marathon.'],
  fr: ['J’aime la randonnée.', "J'apprends le piano.", 'Nous avons un rendez-vous mardi.'],
  es: ['Me gusta bailar.', 'Estoy aprendiendo guitarra.', 'Tengo una entrevista el lunes.'],
  ru: ['Мне нравится балет.', 'Я изучаю право.', 'Мы планируем ремонт.'],
}

/** Supposed, asked, quoted, passing, or not about the person: none of it is a fact of theirs. */
const NOTHING: Record<string, string[]> = {
  en: [
    'If I live in Rome one day, great.',
    'He said: I live in Rome.',
    'I love it.',
    'I love how this reads.',
    'Do I live in Rome?',
    '> I live in Rome.',
  ],
  de: [
    'Wenn ich in Rom wohne, wird alles gut.',
    'Ich lebe in Frieden.',
    'Ich komme aus Versehen zu spät.',
    'Ich liebe es.',
    'Ich arbeite an der Lösung.',
    'Er sagte, ich wohne in Rom.',
    'Ich wohne nicht mehr in Ulm.',
    'Wohne ich in Rom?',
    'Ich hätte zwei Kinder.',
    '„Ich wohne in Rom.“',
    'Kannst du mir ein Rezept geben?',
  ],
  fr: [
    "Si j'habite à Rome, tant mieux.",
    "J'adore ça.",
    'Je viens de finir.',
    'Je parle trop.',
    'Il a dit que je suis infirmière.',
    "J'habite où déjà ?",
    "J'ai trois questions.",
  ],
  es: [
    'Si vivo en Roma, mejor.',
    'Me encanta que vengas.',
    'Tengo tres preguntas.',
    'Vivo en paz.',
    'Ya no vivo en Roma.',
    '¿Vivo en Roma?',
    'Hablo demasiado.',
    'Soy yo.',
  ],
  ru: [
    'Если я живу в Риме, хорошо.',
    'Я люблю тебя.',
    'Я больше не живу в Риме.',
    'Я работаю утром.',
    'У меня три вопроса.',
    'Я живу хорошо.',
    'Он сказал: я живу в Риме.',
  ],
}

const ASKED: Record<string, [string, string][]> = {
  en: [['Please remember that my locker is 12.', 'My locker is 12.']],
  de: [
    ['Merk dir bitte, dass der Schlüssel im Schuppen liegt.', 'Dass der Schlüssel im Schuppen liegt.'],
    ['Bitte merke dir: mein Spind ist Nummer 12.', 'Mein Spind ist Nummer 12.'],
  ],
  fr: [
    ['Souviens-toi que le code est 4711.', 'Le code est 4711.'],
    ['Note : la clé est chez Anne.', 'La clé est chez Anne.'],
  ],
  es: [['Recuerda que la llave está en la maceta.', 'La llave está en la maceta.']],
  ru: [
    ['Запомни, что ключ лежит под ковриком.', 'Ключ лежит под ковриком.'],
    ['Пожалуйста, запомни: код 4711.', 'Код 4711.'],
  ],
}

test.each(Object.keys(KEPT))('plain facts said in %s are kept under their kind', (code) => {
  for (const [kind, sentences] of Object.entries(KEPT[code] ?? {})) {
    for (const said of sentences) expect(findStatements(said), said).toEqual([{ text: said, kind, decided: 'to keep' }])
  }
})

test.each(Object.keys(SUGGESTED))('likely things said in %s are suggested', (code) => {
  for (const said of SUGGESTED[code] ?? [])
    expect(findStatements(said), said).toMatchObject([{ decided: 'to suggest' }])
})

test.each(Object.keys(NOTHING))('supposing, quoting, asking and talking by the way in %s states nothing', (code) => {
  for (const said of NOTHING[code] ?? []) expect(findStatements(said), said).toEqual([])
})

test.each(Object.keys(ASKED))('what is asked to be remembered in %s is kept as it was said', (code) => {
  for (const [said, text] of ASKED[code] ?? [])
    expect(findStatements(said), said).toMatchObject([{ text, decided: 'by person' }])
})

test('where one lives is one fact in every language, and what one likes best one for each thing', () => {
  const homes = ['I live in Porto.', 'Ich wohne in Graz.', "J'habite à Lyon.", 'Vivo en Sevilla.', 'Я живу в Казани.']
  expect(new Set(homes.map(soleFact))).toEqual(new Set(['home']))
  expect(soleFact('Mein Lieblingsbuch ist Momo.')).not.toBe(soleFact('Mein Lieblingsessen ist Reis.'))
  expect(soleFact('I love plums.')).toBeNull()
})

const named = (text: string, code: string, known: string[] = []) =>
  findEntities(text, code, (key) => known.some((name) => entityKey('person', name) === key)).map(
    ({ kind, name }) => `${kind} ${name}`,
  )

test('whom, where and when a memory speaks of is read off it', () => {
  expect(named('My sister Clara moved from Porto to New York on March 4, 2021.', 'en')).toEqual([
    'person Clara',
    'place Porto',
    'place New York',
    'date 2021-03-04',
  ])
  expect(named('Dinner with Clara in Lisbon', 'en', ['Clara'])).toEqual(['person Clara', 'place Lisbon'])
  expect(named("Clara's birthday is on the 14th of May", 'en', ['Clara'])).toEqual(['person Clara', 'date --05-14'])
  expect(named('My friend Jordan O’Brien is here; Rosa, my aunt, too', 'en')).toEqual([
    'person Jordan O’Brien',
    'person Rosa',
  ])
  expect(named('I am married to Tom Baker and we live in Bath', 'en')).toEqual(['person Tom Baker', 'place Bath'])
  expect(named('Meine Schwester Lena wohnt in Graz, geboren am 3. Mai 1990', 'de')).toEqual([
    'person Lena',
    'place Graz',
    'date 1990-05-03',
  ])
  expect(named('Ma sœur Chloé habite à Lyon depuis 2019', 'fr')).toEqual(['person Chloé', 'place Lyon', 'date 2019'])
  expect(named('Mi hermana Alba vive en Sevilla, viaja en julio de 2026', 'es')).toEqual([
    'person Alba',
    'place Sevilla',
    'date 2026-07',
  ])
  expect(named('Моя сестра Вера живёт в Казани с 2015', 'ru')).toEqual(['person Вера', 'place Казани', 'date 2015'])
  expect(named('The lease ends on 2027-01-31, or 15.02.2027', 'en')).toEqual(['date 2027-01-31', 'date 2027-02-15'])
})

test('what is only written like a name is none', () => {
  expect(named('My wife is French and my boss is Brazilian', 'en')).toEqual([])
  expect(named('I live in May as I did on Monday', 'en')).toEqual([])
  expect(named('I speak German and love Python', 'en')).toEqual([])
  expect(named('We meet last week or in two years', 'en')).toEqual([])
  expect(named('Ich wohne in Frieden und fahre in Urlaub', 'de')).toEqual([])
  expect(named('Yesterday my brother I love came, my sister too', 'en')).toEqual([])
  expect(named('February 31 never comes', 'en')).toEqual([])
  expect(named('Georgia called; Chad and Paris Hilton too', 'en')).not.toContain('place Georgia')
})

test('one name has one key however it is written', () => {
  expect(entityKey('place', 'Zürich')).toBe(entityKey('place', 'ZURICH'))
  expect(entityKey('place', 'Казань')).toBe(entityKey('place', 'Казани'))
  expect(entityKey('person', 'Clara’s')).toBe(entityKey('person', 'Clara'))
})

test('a fact is the same as a known one when it says no more, and never when it says the opposite', () => {
  expect(saysNoMore('I drink green tea', 'I drink green tea every morning')).toBe(true)
  expect(saysNoMore('I drink green tea every morning', 'I drink green tea')).toBe(false)
  expect(saysNoMore('I eat fish', 'I do not eat fish')).toBe(false)
  expect(saysNoMore('I do not eat fish', 'I eat fish')).toBe(false)
  expect(saysNoMore('Ich esse Fisch', 'Ich esse keinen Fisch')).toBe(false)
  expect(saysNoMore('Я ем рыбу', 'Я не ем рыбу')).toBe(false)
})

test('a fact that was not said is made up', () => {
  expect(isGrounded('I moved to Porto', ['Where do you live?', 'In Porto, since I moved'], ['en'])).toBe(true)
  expect(isGrounded('I own a yacht and three horses', ['I like boats'], ['en'])).toBe(false)
  expect(isGrounded('!', ['!'], ['en'])).toBe(false)
})
