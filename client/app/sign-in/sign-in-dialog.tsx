import { type ComponentProps, useId, useLayoutEffect, useRef } from 'react'
import { SignIn } from './sign-in.tsx'

interface SignInDialogProps extends ComponentProps<typeof SignIn> {
  /** Why it is asked for now. */
  reason: string
  /** The person would rather go on reading for now. */
  onClose: () => void
}

/** Sign-in in place, over the page: everything behind it stays as it was. */
export function SignInDialog({ reason, onClose, ...signIn }: SignInDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  // Before the form's own effect: opening moves the focus to the first field, the form then to the right one.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  return (
    <dialog
      ref={dialog}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-one border border-line bg-paper-lift p-6 text-ink shadow-float backdrop:bg-ink/30"
    >
      <div className="grid gap-5">
        <header className="grid gap-1">
          <h2 id={title} className="font-serif text-2xl">
            Please sign in again
          </h2>
          <p className="text-ink-soft text-sm">{reason}</p>
        </header>
        <SignIn {...signIn} />
        <button type="button" onClick={onClose} className="min-h-11 rounded-one text-ink-soft text-sm hover:text-ink">
          Not now
        </button>
      </div>
    </dialog>
  )
}
