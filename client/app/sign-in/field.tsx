import { type ComponentProps, type ReactNode, type Ref, useId } from 'react'

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string
  hint?: string
  problem: string | null
  /** Stands at the end of the input, inside its frame. */
  beside?: ReactNode
  ref?: Ref<HTMLInputElement>
}

/** A labelled input with its hint, and with what is wrong with it where that is known. */
export function Field({ label, hint, problem, beside, ...input }: FieldProps) {
  const id = useId()
  const described = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <div className="flex min-h-11 items-stretch rounded-one border border-line-strong bg-paper-lift focus-within:outline-2 focus-within:outline-verdigris focus-within:outline-offset-1 has-aria-invalid:border-harm">
        <input
          id={id}
          aria-invalid={problem !== null || undefined}
          aria-describedby={described}
          className="min-w-0 flex-1 bg-transparent px-3 text-base outline-none"
          {...input}
        />
        {beside}
      </div>
      {problem ? (
        <p id={`${id}-problem`} role="alert" className="text-harm text-sm">
          {problem}
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className="text-ink-soft text-sm">
            {hint}
          </p>
        )
      )}
    </div>
  )
}
