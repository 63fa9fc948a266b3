import { dayOf } from '#client/ui/dates.ts'
import { JudgeSuggestion } from '#client/ui/memory/judge-suggestion.tsx'
import { SourceLink } from '#client/ui/memory/source-link.tsx'
import type { Memory } from '#shared/memory.ts'

interface SuggestionProps {
  memory: Memory
  onJudged: () => void
}

/** One proposal, and where it comes from. */
export function Suggestion({ memory, onJudged }: SuggestionProps) {
  const { source } = memory
  return (
    <JudgeSuggestion suggestion={memory} onJudged={onJudged} className="gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-80">
        <p dir="auto" className="font-serif text-lg leading-snug [overflow-wrap:anywhere]">
          {memory.text}
        </p>
        <p className="mt-0.5 text-ink-soft text-xs">
          {memory.origin === 'model' ? 'The model drew this from what you said' : 'You said it'} on{' '}
          {dayOf(memory.validFrom)}
          {source && (
            <>
              {' in '}
              <SourceLink source={source} />
            </>
          )}
        </p>
      </div>
    </JudgeSuggestion>
  )
}
