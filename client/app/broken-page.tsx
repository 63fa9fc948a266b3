import { Button } from '#client/ui/button.tsx'

/** In place of a page that could not be drawn, as when a part of it did not come. */
export function BrokenPage() {
  return (
    <div role="alert" className="m-auto max-w-prose px-6 text-center">
      <h1 className="font-serif text-4xl">This page broke.</h1>
      <p className="mt-3 mb-5 text-ink-soft">What you wrote is safe; it is there again when the page is.</p>
      <Button look="primary" onClick={() => location.reload()}>
        Load it again
      </Button>
    </div>
  )
}
