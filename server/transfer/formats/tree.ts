import type { ImportedMessage, ImportedThread, Skipped } from '#server/transfer/imported.ts'
import { plausible } from './times.ts'

/** A message as another program keeps it: with what it answers, or with the reason why it is passed over; or nothing. */
export interface Node {
  key: string
  parent: string | null
  createdAt: Date | null
  message: Pick<ImportedMessage, 'author' | 'text' | 'model'> | { skipped: string } | null
}

interface Tree {
  key: string
  title: string
  createdAt: Date | null
  nodes: Iterable<Node>
}

/**
 * A conversation with all its branches: what answers a message that is passed over answers the one before it. A message
 * without a time of its own was said right after what it answers.
 */
export function readTree(
  { key, title, createdAt, nodes }: Tree,
  now: Date,
): { thread: ImportedThread; skipped: Skipped } {
  const byKey = new Map<string, Node>()
  const skipped: Skipped = {}
  const skip = (reason: string) => {
    skipped[reason] = (skipped[reason] ?? 0) + 1
  }
  for (const node of nodes) {
    if (byKey.has(node.key)) skip('a message that is there twice')
    else byKey.set(node.key, node)
  }
  const children = new Map<string, Node[]>()
  const roots: Node[] = []
  for (const node of byKey.values()) {
    const siblings = node.parent !== null && byKey.has(node.parent) ? children.get(node.parent) : roots
    if (siblings) siblings.push(node)
    else if (node.parent !== null) children.set(node.parent, [node])
  }
  const begun = plausible(createdAt, now)
  const messages: ImportedMessage[] = []
  const left = roots.toReversed().map((node) => ({ node, parentKey: null as string | null, after: begun }))
  for (let next = left.pop(); next; next = left.pop()) {
    const { node, after } = next
    let { parentKey } = next
    const at = plausible(node.createdAt, now) ?? (after && new Date(after.getTime() + 1))
    if (node.message && 'skipped' in node.message) skip(node.message.skipped)
    else if (node.message) {
      messages.push({ key: node.key, parentKey, authorName: null, ...node.message, createdAt: at ?? now })
      parentKey = node.key
    }
    for (const child of (children.get(node.key) ?? []).toReversed()) left.push({ node: child, parentKey, after: at })
  }
  return { thread: { key, title, createdAt: begun ?? messages[0]?.createdAt ?? now, messages }, skipped }
}
