import { memo } from 'react'
import { cx } from '#client/ui/cx.ts'
import type { NetworkEdge } from '#shared/memory.ts'
import type { Point } from './layout.ts'

interface NetworkEdgesProps {
  edges: NetworkEdge[]
  points: ReadonlyMap<string, Point>
  lit: ReadonlySet<string>
  current: string | null
  sought: ReadonlySet<string> | null
}

/** The links: the closer two memories are, the heavier the line. */
export const NetworkEdges = memo(function NetworkEdges({ edges, points, lit, current, sought }: NetworkEdgesProps) {
  return (
    <g>
      {edges.map(({ from, to, weight, reason }) => {
        const [a, b] = [points.get(from), points.get(to)]
        if (!a || !b) return null
        const alive = lit.has(from) && lit.has(to)
        const near = current === from || current === to
        const dim = sought !== null && !(sought.has(from) && sought.has(to))
        return (
          <line
            key={`${from}${to}${reason}`}
            x1={a.x}
            y1={a.y}
            x2={b.x}
            y2={b.y}
            strokeWidth={0.6 + 2.2 * weight}
            strokeDasharray={reason === 'supersedes' ? '3 3' : undefined}
            className={cx(
              'transition-opacity',
              alive ? 'stroke-verdigris' : near ? 'stroke-ink' : 'stroke-line-strong',
              dim ? 'opacity-10' : alive || near ? 'opacity-90' : 'opacity-40',
            )}
          />
        )
      })}
    </g>
  )
})
