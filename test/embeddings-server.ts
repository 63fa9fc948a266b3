import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'

export interface EmbeddingsServer {
  url: string
  /** What was asked: the bearer, the model and the texts of each call. */
  asked: { authorization: string | undefined; model: string; input: string[] }[]
  /** The status it answers with; 200 embeds. */
  status: (input: string[]) => number
  close(): Promise<void>
}

/** Subjects and the words that belong to each, in whatever language: what this model understands. */
const SUBJECTS = [
  ['dog', 'puppy', 'Hund', 'pet', 'leash'],
  ['cello', 'music', 'instrument', 'orchestra'],
  ['bread', 'bake', 'oven', 'food'],
  ['mountain', 'hike', 'summit', 'outdoors'],
]
const DIMENSIONS = 64

/** An OpenAI-compatible embeddings endpoint over real HTTP: texts about the same subject are near each other. */
export async function startEmbeddingsServer(): Promise<EmbeddingsServer> {
  const http = createServer(async (req, res) => {
    const { model, input } = JSON.parse(await readText(req)) as { model: string; input: string[] }
    server.asked.push({ authorization: req.headers.authorization, model, input })
    const status = server.status(input)
    const data = input.map((text, index) => ({ object: 'embedding', index, embedding: embed(text) }))
    const body = status === 200 ? { object: 'list', model, data } : { error: { message: 'as told' } }
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const server: EmbeddingsServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    asked: [],
    status: () => 200,
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections()
        http.close(() => resolve())
      }),
  }
  return server
}

function embed(text: string): number[] {
  const about = SUBJECTS.findIndex((words) => words.some((word) => text.includes(word)))
  return Array.from(
    { length: DIMENSIONS },
    (_, at) => Math.sin((about + 2) * 7 * (at + 1)) + 0.1 * Math.cos(at * text.length),
  )
}
