import { useMemo } from 'react'
import { cx } from '#client/ui/cx.ts'
import { Strength } from '#client/ui/memory/strength.tsx'
import type { Network } from '#shared/memory.ts'
import { neighbours } from './neighbours.ts'
import { linksOf } from './words.ts'

interface NetworkListProps {
  network: Network
  lit: ReadonlySet<string>
  sought: ReadonlySet<string> | null
  selected: string | null
  onSelect: (id: string) => void
}

/** The same facts as the picture, strongest first: what a memory says, how strong it is, what it is linked with. */
export function NetworkList({ network, lit, sought, selected, onSelect }: NetworkListProps) {
  const linked = useMemo(() => neighbours(network), [network])
  const nodes = useMemo(() => [...network.nodes].sort((a, b) => b.strength - a.strength), [network])
  const shown = sought ? nodes.filter((node) => sought.has(node.id)) : nodes
  return (
    <ul className="divide-y divide-line">
      {shown.map((node) => (
        <li key={node.id}>
          <button
            type="button"
            aria-pressed={selected === node.id}
            aria-current={lit.has(node.id)}
            onClick={() => onSelect(node.id)}
            className={cx(
              'touch w-full border-l-2 py-2 pr-1 pl-3 text-left hover:bg-paper-deep',
              lit.has(node.id) ? 'border-verdigris' : 'border-transparent',
              (selected === node.id || lit.has(node.id)) && 'text-verdigris',
            )}
          >
            <span className="line-clamp-2 font-serif text-base leading-snug">{node.text}</span>
            <span className="mt-1 flex items-center gap-2 text-ink-soft text-xs tabular-nums">
              <Strength value={node.strength} />
              <span className="min-w-0 truncate">
                {[count(linked.get(node.id)?.size ?? 0), linksOf(node.id, network.edges)].filter(Boolean).join(': ')}
              </span>
              {node.status === 'superseded' && <span>replaced since</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function count(links: number): string {
  return links === 0 ? 'not linked yet' : links === 1 ? '1 link' : `${links} links`
}
