import type { NetworkNode } from '#shared/memory.ts'

interface NetworkCaptionProps {
  node: NetworkNode | null
  links: string
}

/** The coin that is looked at, in full: its name beside it is cut. Screen readers have it from the coin itself. */
export function NetworkCaption({ node, links }: NetworkCaptionProps) {
  return (
    <p aria-hidden="true" className="mt-1 h-10 shrink-0 overflow-hidden text-ink-soft text-xs leading-5">
      {node ? (
        <>
          <span className="line-clamp-1 font-serif text-ink text-sm">{node.text}</span>
          <span className="line-clamp-1">
            {node.status === 'superseded' && 'Replaced since. '}
            {links ? `Linked by ${links}` : 'Not linked yet'}
          </span>
        </>
      ) : (
        'The larger a coin, the stronger its memory; the heavier a line, the closer the two.'
      )}
    </p>
  )
}
