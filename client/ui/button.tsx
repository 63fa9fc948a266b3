import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

const looks = {
  primary: 'bg-verdigris text-on-verdigris hover:opacity-90 disabled:opacity-50',
  plain: 'border border-line-strong text-ink hover:bg-paper-deep disabled:opacity-50',
  quiet: 'text-ink-soft hover:bg-paper-deep hover:text-ink disabled:opacity-50',
  harm: 'border border-harm text-harm hover:bg-harm hover:text-paper disabled:opacity-50',
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks
}

export function Button({ look = 'plain', className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={cx(
        'touch inline-flex items-center justify-center gap-2 rounded-one px-3 py-1.5 font-medium text-sm transition-colors',
        looks[look],
        className,
      )}
      {...rest}
    />
  )
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does, for those who cannot see the icon and for the tooltip. */
  label: string
  children: ReactNode
}

export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        'touch inline-flex size-8 shrink-0 items-center justify-center rounded-one text-ink-soft transition-colors hover:bg-paper-deep hover:text-ink disabled:opacity-40 [&>svg]:size-4',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  )
}
