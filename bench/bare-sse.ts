// What a stream costs at the least: node's own HTTP server writes the same frames to everyone who listens.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { reportUsage } from '../test/chat/usage.ts'

const [frames, everyMs] = [Number(process.env.FRAMES), Number(process.env.EVERY_MS)]
const readers = new Set<ServerResponse>()

const server = createServer((req, res) => {
  if (req.url === '/begin') {
    let sent = 0
    const timer = setInterval(() => {
      sent += 1
      const event = JSON.stringify({ type: 'delta', offset: sent * 10, text: 'ten letter' })
      for (const reader of readers) reader.write(`id: 1.${sent}\ndata: ${event}\n\n`)
      if (sent < frames) return
      clearInterval(timer)
      for (const reader of readers) reader.end()
    }, everyMs)
    res.end()
    return
  }
  res.writeHead(200, { 'content-type': 'text/event-stream' })
  res.write(': ready\n\n')
  readers.add(res)
  res.on('close', () => readers.delete(res))
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))

reportUsage()
