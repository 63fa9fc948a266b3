import { type ReactNode, useEffect, useRef } from 'react'

/** Sign-in in place: over the page, which keeps its words, its scroll and its place in the address. */
export function SignInOver({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => ref.current?.showModal(), [])
  return (
    <dialog
      ref={ref}
      aria-label="Sign in again"
      onCancel={(event) => event.preventDefault()}
      className="m-auto max-h-[92dvh] w-[min(30rem,calc(100vw-1.5rem))] overflow-auto rounded-one border border-line bg-paper-lift p-2 shadow-float backdrop:bg-paper-deep/80"
    >
      <p className="px-6 pt-5 text-ink-soft text-sm">
        Your session has ended. Everything is as you left it, behind this.
      </p>
      {children}
    </dialog>
  )
}
