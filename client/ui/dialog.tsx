import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { cx } from './cx.ts'

interface DialogProps {
  label: string
  onClose: () => void
  /** Where it floats: in the middle, or along an edge as a sheet. */
  place?: 'middle' | 'left' | 'right' | 'top'
  children: ReactNode
}

const places = {
  middle: 'm-auto w-[min(28rem,calc(100vw-2rem))] max-h-[85dvh] rounded-one border border-line',
  left: 'mr-auto ml-0 h-dvh max-h-none w-[min(20rem,85vw)] border-line border-r',
  right: 'mr-0 ml-auto h-dvh max-h-none w-[min(26rem,92vw)] border-line border-l',
  top: 'mx-auto mt-[12vh] mb-auto w-[min(36rem,calc(100vw-2rem))] max-h-[70dvh] rounded-one border border-line',
}

interface Within {
  element: HTMLElement | null
  close: () => void
}

const DialogContext = createContext<Within | null>(null)

/** The dialog around this, if any: what floats must float within it, for all beside it is out of reach. */
export function useWithinDialog(): Within | null {
  return useContext(DialogContext)
}

/**
 * The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back. What is marked
 * `data-focus` is focused first.
 */
export function Dialog({ label, onClose, place = 'middle', children }: DialogProps) {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null)
  useEffect(() => {
    dialog?.showModal()
    dialog?.querySelector<HTMLElement>('[data-focus]')?.focus()
    return () => dialog?.close()
  }, [dialog])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click is the pointer's way to do the same
    <dialog
      ref={setDialog}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
      className={cx('overflow-auto bg-paper-lift text-ink shadow-float backdrop:bg-veil', places[place])}
    >
      <DialogContext value={{ element: dialog, close: onClose }}>{children}</DialogContext>
    </dialog>
  )
}
