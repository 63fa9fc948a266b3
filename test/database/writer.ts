// Opens the data directory it is given and writes numbered threads, one after another, naming each on standard output
// once it is stored.
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'

const [dataDir = ''] = process.argv.slice(2)
const { prisma } = await openDatabase({ dataDir, databaseUrl: null, log: createLog('silent') })
const user = await prisma.user.upsert({
  where: { issuer_subject: { issuer: 'test', subject: 'writer' } },
  create: { id: randomUUID(), issuer: 'test', subject: 'writer' },
  update: {},
})
for (;;) {
  const id = randomUUID()
  await prisma.$transaction(async (tx) => {
    const thread = { userId: user.id, id }
    await tx.thread.create({ data: thread })
    await tx.message.create({
      data: { userId: user.id, id, threadId: id, author: 'user', text: 'A word. '.repeat(200) },
    })
  })
  writeSync(1, `${id}\n`)
}
