import { ChevronDown } from 'lucide-react'
import { trpc } from '#client/trpc.ts'
import { LazyMenu } from '#client/ui/lazy-menu.tsx'
import type { ModelOption } from '#shared/chat.ts'

interface ModelPickerProps {
  /** As `chat.models` names it; null is the default one. */
  chosen: string | null
  onChoose: (model: string | null) => void
}

const FRESH_MS = 60_000

/** Which model answers from now on. Nothing, where there is nothing to choose from. */
export function ModelPicker({ chosen, onChoose }: ModelPickerProps) {
  const { data: options = [] } = trpc.chat.models.useQuery(undefined, { staleTime: FRESH_MS })
  const standard = options.find(({ source }) => source === 'configured')
  if (options.length < (standard ? 2 : 1)) return null

  const isChosen = (id: string) => (chosen === null ? id === standard?.id : id === chosen)
  const current = options.find(({ id }) => isChosen(id))?.name ?? chosen?.replace(/^ollama:/, '') ?? 'Choose a model'
  const without = { label: 'No model', hint: 'quotes you', checked: chosen === null, onSelect: () => onChoose(null) }
  return (
    <LazyMenu
      label={`Model: ${current}`}
      icon={
        <>
          <span className="truncate">{current}</span>
          <ChevronDown className="size-3! shrink-0" />
        </>
      }
      className="-ml-2 w-auto! min-w-0 max-w-48 shrink! gap-1 px-2 text-xs"
      items={[
        ...(standard ? [] : [without]),
        ...options.map((option) => ({
          label: option.name,
          hint: hintOf(option, standard),
          checked: isChosen(option.id),
          onSelect: () => onChoose(option === standard ? null : option.id),
        })),
      ]}
    />
  )
}

function hintOf(option: ModelOption, standard: ModelOption | undefined): string | undefined {
  if (option.source === 'ollama') return 'Ollama, on this machine'
  return option === standard ? 'standard' : undefined
}
