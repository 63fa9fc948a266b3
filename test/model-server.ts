import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Gate } from './gate.ts'

/** What a model's server was asked, as it arrived. */
export interface Asked {
  path: string | undefined
  authorization: string | undefined
  /** Anthropic's header for the key. */
  apiKey: string | string[] | undefined
  model: string
  messages: { role: string; content: string }[]
  /** Given when a form is to be filled in, rather than a reply to be written. */
  response_format?: { type: string }
}

/** One answer of the server. It ends when the function returns; `chunk` and `write` send at once. */
export type Script = (answer: Answer, asked: Asked) => void | Promise<void>

export interface Answer {
  /** One piece of the answer's text. */
  chunk(text: string): void
  /** The last event of a whole answer. */
  stop(reason?: string): void
  /** Anything, as it is. */
  write(raw: string): void
  event(body: unknown): void
  /** Answers with an error status instead. */
  status(code: number, body?: unknown, headers?: Record<string, string>): void
  /** Answers with a page, as a proxy or a login does. */
  html(code: number): void
  /** A piece of what a model thinks before it answers. */
  think(text: string): void
  /** Cuts the connection, after what was said. */
  cut(): void
  /** Settles when the caller hangs up. */
  hungUp: Promise<void>
}

export interface ModelServer {
  url: string
  asked: Asked[]
  /** How the next calls are answered. */
  script: Script
  /** What it answers, as an Ollama at `/ollama`, when asked for its models; null for no answer at all. */
  installed: string[] | null
  close(): Promise<void>
}

/** An OpenAI-compatible server that answers as it is told, over real HTTP. */
export async function startModelServer(script: Script = saying('Hello.')): Promise<ModelServer> {
  const asked: Asked[] = []
  const http = createServer((req, res) => {
    if (req.url?.endsWith('/api/tags')) {
      if (model.installed) res.end(JSON.stringify({ models: model.installed.map((name) => ({ name })) }))
      return
    }
    void read(req).then(async (body) => {
      const { authorization, 'x-api-key': apiKey } = req.headers
      const call = { path: req.url, authorization, apiKey, ...JSON.parse(body) } as Asked
      asked.push(call)
      await model.script(answering(req, res), call)
      res.end()
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const model: ModelServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    asked,
    script,
    installed: [],
    close() {
      http.closeAllConnections()
      return new Promise((resolve) => http.close(() => resolve()))
    },
  }
  return model
}

/** A whole answer in the given pieces. */
export function saying(...pieces: string[]): Script {
  return (answer) => {
    for (const piece of pieces) answer.chunk(piece)
    answer.stop()
  }
}

/** Lets the next answers come in two halves, each of them `half`; returns what lets the second one come. */
export function answerInHalves(model: ModelServer, half: string): () => void {
  const second = new Gate()
  model.script = async (answer) => {
    answer.chunk(half)
    await second.passed
    answer.chunk(half)
    answer.stop()
  }
  return () => second.open()
}

function answering(req: IncomingMessage, res: ServerResponse): Answer {
  const begin = () => res.headersSent || res.writeHead(200, { 'content-type': 'text/event-stream' })
  const write = (raw: string) => {
    begin()
    res.write(raw)
  }
  const event = (body: unknown) => write(`data: ${JSON.stringify(body)}\n\n`)
  const delta = (delta: unknown, reason: string | null) =>
    event({ id: 'reply', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] })
  return {
    write,
    event,
    chunk: (content) => delta({ role: 'assistant', content }, null),
    stop(reason = 'stop') {
      delta({}, reason)
      write('data: [DONE]\n\n')
    },
    status(code, body = { error: { message: 'refused', type: 'error' } }, headers = {}) {
      res.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    },
    html(code) {
      res.writeHead(code, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Log in</html>')
    },
    think: (reasoning_content) => delta({ role: 'assistant', reasoning_content }, null),
    cut: () => req.socket.destroySoon(),
    hungUp: new Promise((resolve) => res.on('close', resolve)),
  }
}

async function read(req: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of req) body += piece
  return body
}
