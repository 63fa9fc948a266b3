// Sends `calls` requests one after another over one connection and says how long they took: the other side of a
// benchmark, in a process of its own so that its work is not counted as the server's.
import { Agent, request } from 'node:http'

const { url, authorization, calls } = JSON.parse(process.env.LOAD)
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

function call() {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers: authorization ? { authorization } : {} }, (response) => {
      response.resume()
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))))
    })
    sent.on('error', reject)
    sent.end()
  })
}

const start = performance.now()
for (let i = 0; i < calls; i++) await call()
process.stdout.write(String(performance.now() - start))
agent.destroy()
