/** What came back was not said by our server: a gateway's error page, a captive portal. */
export class ForeignAnswer extends Error {
  readonly status: number

  constructor(status: number) {
    super(sentence(status))
    this.name = 'ForeignAnswer'
    this.status = status
  }
}

/** A fetch whose answers are tRPC's own. Anything else is a ForeignAnswer with its status, not a JSON syntax error. */
export function trpcFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const json = /\bjson\b/i.test(response.headers.get('content-type') ?? '')
    if (response.ok && json) return response
    const body = await response.text()
    if (!json || !isTrpc(body)) throw new ForeignAnswer(response.status)
    return new Response(body, response)
  }
}

function isTrpc(body: string): boolean {
  try {
    const answer: unknown = JSON.parse(body)
    return Array.isArray(answer) || (typeof answer === 'object' && answer !== null && 'error' in answer)
  } catch {
    return false
  }
}

function sentence(status: number): string {
  if (status === 413) return 'This is too large to send: shorten it or send it in parts.'
  if (status === 429 || status >= 500)
    return `The server is not available just now (HTTP ${status}). Try again in a moment.`
  return `Something between you and the server answered instead of it (HTTP ${status}). Check your network connection.`
}
