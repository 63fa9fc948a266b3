import { ChevronDown, X } from 'lucide-react'
import { trpc } from '#client/trpc.ts'
import { Button, IconButton } from '#client/ui/button.tsx'
import { cx } from '#client/ui/cx.ts'
import { entityDate } from '#client/ui/dates.ts'
import { originWords } from '#client/ui/memory/origin-words.ts'
import type { Facet } from '#shared/memory-selection.ts'
import { memoryFilter, type Narrowing, narrow, WIDE } from './filters.ts'
import { useFilters } from './use-filters.ts'

/** What the memories can be narrowed down to: one choice of each, in the address. */
export function FilterBar() {
  const [filters, setFilters] = useFilters()
  const facets = trpc.memory.facets.useQuery({ status: 'kept' }, { placeholderData: (before) => before })
  const found = facets.data
  const choices: [by: Narrowing, name: string, facets: Facet[], words?: (name: string) => string][] = [
    ['kind', 'Kind', found?.kinds ?? []],
    ['tag', 'Tag', found?.tags ?? []],
    ['person', 'Person', found?.people ?? []],
    ['place', 'Place', found?.places ?? []],
    ['date', 'Date', found?.dates ?? [], entityDate],
    ['origin', 'Origin', found?.origins ?? [], originWords],
  ]
  const narrowed = Object.keys(memoryFilter(filters)).length
  return (
    <fieldset aria-label="Show only" className="mt-3 flex min-h-9 flex-wrap items-center gap-1.5">
      {choices.map(([by, name, options, words]) => (
        <Choice
          key={by}
          name={name}
          options={options}
          words={words}
          value={filters[by]}
          onChange={(value) => setFilters(narrow(by, value))}
        />
      ))}
      {narrowed > 1 && (
        <Button look="quiet" className="px-2! py-1!" onClick={() => setFilters(WIDE)}>
          Show all
        </Button>
      )}
    </fieldset>
  )
}

interface ChoiceProps {
  name: string
  options: Facet[]
  words?: (name: string) => string
  value: string | undefined
  onChange: (value: string | undefined) => void
}

/** The browser's own list, which every keyboard and phone knows; once something is chosen, a button beside it undoes it. */
function Choice({ name, options, words = (text) => text, value, onChange }: ChoiceProps) {
  if (options.length === 0 && value === undefined) return null
  const known = options.some((option) => option.name === value)
  return (
    <span
      className={cx(
        'inline-flex items-center rounded-one border text-sm',
        value === undefined ? 'border-line text-ink-soft' : 'border-verdigris bg-verdigris-wash text-ink',
      )}
    >
      <span className="relative inline-flex items-center">
        <select
          aria-label={name}
          value={value ?? ''}
          onChange={({ target }) => onChange(target.value || undefined)}
          className="touch field-sizing-content max-w-44 cursor-pointer appearance-none truncate rounded-one bg-transparent py-1 pr-7 pl-2.5"
        >
          <option value="">{value === undefined ? name : `Any ${name.toLowerCase()}`}</option>
          {value !== undefined && !known && <option value={value}>{words(value)}</option>}
          {options.map((option) => (
            <option key={option.name} value={option.name}>
              {`${words(option.name)} (${option.count})`}
            </option>
          ))}
        </select>
        <ChevronDown className="pointer-events-none absolute right-1.5 size-3.5" aria-hidden="true" />
      </span>
      {value !== undefined && (
        <IconButton
          label={`Any ${name.toLowerCase()}, not only ${words(value)}`}
          className="size-7!"
          onClick={() => onChange(undefined)}
        >
          <X />
        </IconButton>
      )}
    </span>
  )
}
