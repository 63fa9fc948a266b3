import { expect, it } from 'vitest'
import { removeLeft } from '#server/chat/upkeep.ts'
import { scriptedChat } from '../chat/scripted-chat.ts'
import { message, readTail } from '../chat/world.ts'
import { FakeClock } from '../clock.ts'

const world = scriptedChat()

/** The tables in which a word that begins like this stands, in whatever column: the index keeps stems. */
async function tablesWith(beginning: string): Promise<string[]> {
  const tables = await world.db.prisma.$queryRaw<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await world.db.prisma.$queryRawUnsafe<unknown[]>(
      `select 1 from "${name}" row where row::text ilike '%${beginning}%' limit 1`,
    )
    if (rows.length > 0) found.push(name)
  }
  return found
}

async function talk(word: string, temporary: boolean) {
  const input = message(`I am allergic to ${word}. Remember that.`)
  await world.ana.chat.create({ id: input.threadId, temporary })
  await world.ana.chat.send(input)
  const writing = await world.model.next()
  writing.say(`No ${word} for you.`)
  writing.end()
  await readTail(world.ana, input.replyId)
  return input.threadId
}

it('a temporary conversation stands in its own rows alone, and in none once it is deleted', async () => {
  const id = await talk('quokkafish', true)
  expect(await tablesWith('quokka')).toEqual(['message', 'reply_context', 'thread'])
  await world.ana.chat.delete({ id })
  expect(await tablesWith('quokka')).toEqual([])
})

it('a temporary conversation that was left is gone from every table after a day', async () => {
  await talk('wombatroot', true)
  const clock = new FakeClock(Date.now() + 25 * 60 * 60 * 1000)
  await removeLeft({ db: world.db, clock })
  expect(await tablesWith('wombat')).toEqual([])
})

it('any other conversation is learned from, and so stands in more tables', async () => {
  await talk('numbatseed', false)
  expect(await tablesWith('numbat')).toEqual(expect.arrayContaining(['indexed_text', 'memory', 'posting']))
})
