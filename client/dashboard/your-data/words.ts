import type { ImportSummary } from '#shared/transfer.ts'

/** "1,204 messages in 40 conversations, 12 memories"; null when there is nothing new. */
export function broughtWords({ messages, conversations, memories }: ImportSummary): string | null {
  const said = messages > 0 && `${count(messages, 'message')} in ${count(conversations, 'conversation')}`
  return list([said, memories > 0 && count(memories, 'memory', 'memories')])
}

/** "3 conversations, 12 memories"; null when all was new. */
export function knownWords({ known: { conversations, memories } }: ImportSummary): string | null {
  return list([
    conversations > 0 && count(conversations, 'conversation'),
    memories > 0 && count(memories, 'memory', 'memories'),
  ])
}

/** The most frequent reason first. */
export function passedOver({ skipped }: ImportSummary): { reason: string; count: number }[] {
  return Object.entries(skipped)
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count)
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString()} ${number === 1 ? one : many}`
}

function list(parts: (string | false)[]): string | null {
  return parts.filter(Boolean).join(', ') || null
}
