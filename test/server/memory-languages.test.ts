import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { openTestDatabase } from '../database/open.ts'
import { createPerson, texts } from '../memory/person.ts'

let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

interface Life {
  locale: string
  /** What was told, and a question that has each word of it in another form. */
  told: [said: string, asked: string][]
  /** Words that say nothing. */
  empty: string
  /** Somebody named in what they said: the question, and the answer. */
  named: [name: string, said: string, asked: string]
}

const LIVES: Record<string, Life> = {
  German: {
    locale: 'de',
    told: [
      ['Wir haben im Garten zwei alte Apfelbäume gefällt.', 'Welchen Apfelbaum habt ihr gefällt?'],
      ['Meine Schwester studiert seit Oktober in Leipzig.', 'Wo hat die Schwester studiert?'],
      ['Die Straße vor dem Haus wird neu gepflastert.', 'Was geschieht mit den Strassen vor den Häusern?'],
    ],
    empty: 'und die der ist nicht',
    named: ['Jürgen', 'Ich habe mir ein Segelboot gekauft.', 'Was hat Jürgen gekauft?'],
  },
  Russian: {
    locale: 'ru',
    told: [
      ['Моя бабушка выращивает помидоры на даче.', 'Кто выращивал помидор на дачах?'],
      ['В сентябре мы переехали в новую квартиру.', 'Когда вы переедете, какая квартира?'],
      ['Ёлку в этом году мы украшали вместе.', 'Кто украшал елку?'],
    ],
    empty: 'и в на что он',
    named: ['Наташа', 'Я купила парусную лодку.', 'Какую лодку купила Наташа?'],
  },
  Arabic: {
    locale: 'ar',
    told: [
      ['اشتريتُ كتابًا جديدًا عن تاريخ الأندلس.', 'أين الكتاب عن تاريخ الاندلس؟'],
      ['تعمل أختي طبيبة في المستشفى.', 'ماذا تعمل الأخت في مستشفى؟'],
      ['زرعنا شجرة ليمون في الحديقة.', 'متى زرعنا الليمون في حديقة؟'],
    ],
    empty: 'في من على إلى',
    named: ['سلمى', 'اشتريت قاربا شراعيا.', 'ماذا اشتريت سلمى قاربا؟'],
  },
  Japanese: {
    locale: 'ja',
    told: [
      ['先週、妹と一緒に映画館で古い映画を見ました。', '妹と見た映画は何ですか'],
      ['来月から大阪の新しい会社で働きます。', 'どこの会社で働いていますか'],
      ['庭に桜の木を植えた。', '桜を植えますか'],
    ],
    empty: 'の は を です',
    named: ['花子', '赤い自転車を買いました。', '花子はどんな自転車を買った？'],
  },
}

test.each(Object.entries(LIVES))('%s: each text is found by its words in other forms', async (_, { locale, told }) => {
  const person = await createPerson(db, { locale })
  for (const [said] of told) await person.say(said, { threadId: await person.openThread() })
  for (const [said, asked] of told) expect(texts(await person.search(asked))[0]).toBe(said)
})

test.each(Object.entries(LIVES))('%s: words that say nothing find nothing', async (_, { locale, told, empty }) => {
  const person = await createPerson(db, { locale })
  for (const [said] of told) await person.say(`${said} ${empty}`)
  expect(await person.search(empty)).toEqual([])
})

test.each(Object.entries(LIVES))(
  '%s: who is named is who said it',
  async (_, { locale, named: [name, said, asked] }) => {
    const person = await createPerson(db, { locale })
    const threadId = await person.openThread()
    await person.say(said, { threadId, authorName: 'Ada' })
    const told = await person.say(said, { threadId: await person.openThread(), authorName: name })
    await person.say(said, { threadId: await person.openThread(), authorName: 'Eve' })
    const [hit] = await person.search(asked)
    expect(hit).toMatchObject({ id: told, authorName: name })
  },
)

test('someone who writes in four languages is understood in each, whatever the language of the question before', async () => {
  const person = await createPerson(db, { locale: 'de' })
  const all = Object.values(LIVES).flatMap(({ told }) => told)
  const turns = all.toSorted(([a], [b]) => a.length - b.length)
  for (const [said] of turns) await person.say(said, { threadId: await person.openThread() })
  for (const [said, asked] of turns) expect(texts(await person.search(asked))[0]).toBe(said)
})

test('English irregular forms are one word', async () => {
  const person = await createPerson(db)
  const told = [
    ['We bought a caravan', 'What did they buy?'],
    ['I taught at a village school', 'Where did she teach?'],
    ['Our children swam in the lake', 'Did the child swim?'],
  ] as const
  for (const [said] of told) await person.say(said, { threadId: await person.openThread() })
  for (const [said, asked] of told) expect(texts(await person.search(asked))).toEqual([said])
})
