import { trpc } from '#client/trpc.ts'
import { cx } from '#client/ui/cx.ts'

interface TagFilterProps {
  chosen: string | undefined
  onChoose: (tag: string | undefined) => void
}

/** The tags there are; one of them, pressed, leaves only its chats in the list. */
export function TagFilter({ chosen, onChoose }: TagFilterProps) {
  const tags = trpc.chat.tags.useQuery()
  const known = new Set([...(tags.data ?? []), ...(chosen === undefined ? [] : [chosen])])
  if (known.size === 0) return null
  return (
    <ul aria-label="Tags" className="mb-3 flex flex-wrap gap-1 px-1.5">
      {[...known].map((tag) => (
        <li key={tag} className="max-w-full">
          <button
            type="button"
            aria-pressed={tag === chosen}
            onClick={() => onChoose(tag === chosen ? undefined : tag)}
            className={cx(
              'touch max-w-full truncate rounded-one border px-1.5 text-xs leading-5 transition-colors',
              tag === chosen
                ? 'border-verdigris bg-verdigris-wash text-verdigris'
                : 'border-line text-ink-soft hover:border-line-strong hover:text-ink',
            )}
          >
            {tag}
          </button>
        </li>
      ))}
    </ul>
  )
}
