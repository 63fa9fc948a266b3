import { Toaster } from 'sonner'

/** Where what happened elsewhere is said. */
export default function Toasts() {
  return (
    <Toaster
      position="top-center"
      // Below a phone's header, whose buttons it would cover.
      mobileOffset={{ top: '3.75rem' }}
      style={{ fontFamily: 'inherit' }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[22rem] max-w-[calc(100vw-2rem)] items-center justify-between gap-4 rounded-one border border-line bg-paper-lift px-4 py-3 text-ink text-sm shadow-float',
          actionButton: 'touch shrink-0 font-medium text-verdigris underline underline-offset-4',
        },
      }}
    />
  )
}
