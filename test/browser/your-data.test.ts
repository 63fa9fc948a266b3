import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { zip } from '../zip.ts'
import { browserTest } from './browser.ts'
import { signUp, startMoneta } from './moneta.ts'

const { openPage } = browserTest()
let moneta: Awaited<ReturnType<typeof startMoneta>>

beforeAll(async () => {
  moneta = await startMoneta()
})
afterAll(() => moneta.close())

/** A person's dashboard, and a folder for files that go to and fro. */
async function openData(email: string, options: Parameters<typeof openPage>[0] = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'moneta-data-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const page = await openPage({ acceptDownloads: true, ...options })
  await page.goto(moneta.url)
  await signUp(page, email)
  await page.getByRole('link', { name: 'What I remember' }).click()
  const data = page.getByRole('region', { name: 'Your data' })
  await data.waitFor()
  return { page, data, folder }
}

const said = (role: string, text: string) => ({ author: { role }, content: { content_type: 'text', parts: [text] } })

const CHATS = JSON.stringify([
  {
    conversation_id: 'c1',
    title: 'The lighthouse',
    create_time: 1_700_000_000,
    mapping: {
      a: { parent: null, message: said('user', 'How tall is the old lighthouse?') },
      t: { parent: 'a', message: said('tool', '{}') },
      b: { parent: 't', message: said('assistant', 'Forty-one metres.') },
    },
  },
])

async function choose(page: Page, path: string) {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles(path)
}

test('a person brings an archive, sees what it came to, and takes everything along', async () => {
  const { page, data, folder } = await openData('mover@example.org')
  const archive = join(folder, 'export.zip')
  await writeFile(archive, zip([{ name: 'conversations.json', data: CHATS }]))
  await choose(page, archive)
  await data.getByText('2 messages in 1 conversation').waitFor()
  await data.getByText('Passed over: 1').click()
  await data.getByText('a message of the system or a tool').waitFor()
  await page.getByRole('link', { name: 'The lighthouse' }).first().waitFor()

  await choose(page, archive)
  await data.getByText('Here already: 1 conversation').waitFor()

  const arriving = page.waitForEvent('download')
  await data.getByRole('button', { name: 'Everything, as JSON' }).click()
  const file = join(folder, 'moneta.json')
  await (await arriving).saveAs(file)
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    format: 'moneta',
    threads: [{ title: 'The lighthouse' }],
  })
  expect(moneta.refused).toEqual([])
})

test('a file that is dropped is taken; one that is none is refused in words, and the next one works', async () => {
  const { page, data } = await openData('dropper@example.org', { expectedErrors: /400/ })
  const drop = (name: string, text: string) =>
    data.getByText('or drop it here').evaluate(
      (target, [name, text]) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([text ?? ''], name ?? ''))
        target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      },
      [name, text],
    )
  await drop('diary.txt', 'Dear diary')
  await data.getByRole('alert').getByText('This file holds no JSON').waitFor()
  await drop('memories.json', '[{"memory":"Keeps bees"}]')
  await data.getByText('Imported: 1 memory').waitFor()
  await page.getByText('Keeps bees').first().waitFor()
})

test('an upload whose connection broke goes on with the same file', async () => {
  const { page, data, folder } = await openData('broken@example.org', { expectedErrors: /ERR_|Failed to load/ })
  const path = join(folder, 'conversations.json')
  await writeFile(path, CHATS)
  await page.route('**/files/import', (route) => route.abort('connectionreset'), { times: 1 })
  await choose(page, path)
  await data.getByRole('alert').getByText('The connection broke.').waitFor()
  await data.getByRole('button', { name: 'Try again' }).click()
  await data.getByText('2 messages in 1 conversation').waitFor()
})
