import type { Network, NetworkEdge } from '#shared/memory.ts'

const reasons: Record<NetworkEdge['reason'], string> = {
  similar: 'alike',
  person: 'same person',
  place: 'same place',
  supersedes: 'replaced',
  conversation: 'same chat',
}

/** Why two memories are linked: the person or the place itself, where there is one. */
export function reasonOf({ reason, through }: Pick<NetworkEdge, 'reason' | 'through'>): string {
  return through ?? reasons[reason]
}

/** The memories that hold every word that is sought; null when none is. */
export function soughtIn(network: Network, search: string): ReadonlySet<string> | null {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return null
  const holds = (text: string) => words.every((word) => text.toLocaleLowerCase().includes(word))
  return new Set(network.nodes.filter(({ text }) => holds(text)).map(({ id }) => id))
}

/** How much of all that is remembered is shown. */
export function networkWords({ nodes, total }: Network, sought: ReadonlySet<string> | null): string {
  if (sought) return `${sought.size} of ${nodes.length} match`
  const kept = nodes.filter(({ status }) => status === 'kept').length
  if (kept < total) return `${kept} of ${total.toLocaleString()} memories`
  return `${total} ${total === 1 ? 'memory' : 'memories'}`
}

/** The links of one memory in a few words: "Clara, Porto, alike". Empty when it has none. */
export function linksOf(id: string, edges: readonly NetworkEdge[]): string {
  const own = edges.filter(({ from, to }) => from === id || to === id)
  return [...new Set(own.map(reasonOf))].join(', ')
}
