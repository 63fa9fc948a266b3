import type { NetworkPart } from './part.ts'

/** In place of a network without memories: why there are none. `total` is how many are remembered in all. */
export function NetworkEmpty({ part, total }: { part: NetworkPart; total: number }) {
  return (
    <p className="max-w-prose text-balance py-2 text-ink-soft text-sm">
      {total === 0
        ? 'Nothing is remembered yet. Each memory will stand here as a coin, linked with those it belongs to.'
        : part.replyId
          ? 'That reply used no memory that is still kept.'
          : 'No memory is part of this.'}
    </p>
  )
}
