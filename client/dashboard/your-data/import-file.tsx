import { Upload } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { Button } from '#client/ui/button.tsx'
import { cx } from '#client/ui/cx.ts'
import { Trouble } from '#client/ui/trouble.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportResult } from './import-result.tsx'
import { useImport } from './use-import.ts'
import { broughtWords } from './words.ts'

/** A file chosen or dropped, how far it is, and what it came to. */
export function ImportFile() {
  const { state, underWay, problem, send, again, cancel } = useImport()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const choose = () => input.current?.click()
  const take = (files: FileList | null) => {
    const [file] = files ?? []
    if (file && !underWay) void send(file)
  }
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }

  return (
    <div>
      <h3 className="font-medium">Bring it in</h3>
      <p className="mt-1 text-ink-soft text-sm">
        From Moneta, ChatGPT, Claude, OpenMemory, mem0 or MCP’s memory server: the JSON file, or the ZIP as you got it,
        up to 500 MB. The same file twice is imported once.
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside is the way for keyboards */}
      <div
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false)
          take(event.dataTransfer.files)
        }}
        className={cx(
          'mt-4 rounded-one border border-dashed px-5 py-6 transition-colors',
          over ? 'border-verdigris bg-verdigris-wash' : 'border-line-strong',
        )}
      >
        <input
          ref={input}
          type="file"
          accept=".json,.jsonl,.zip,application/json,application/zip"
          aria-label="A file to import"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            take(event.target.files)
            event.target.value = ''
          }}
        />
        {underWay ? (
          <ImportProgress state={state} onCancel={cancel} />
        ) : (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button onClick={choose}>
              <Upload aria-hidden className="size-4" />
              Choose a file
            </Button>
            <span className="text-ink-soft text-sm max-md:hidden">or drop it here</span>
          </div>
        )}
      </div>
      {problem && (
        <div className="mt-4">
          <Trouble
            what="The import is not finished."
            why={problem.why}
            retry={problem.lasting ? 'Choose another' : undefined}
            onRetry={problem.lasting ? choose : again}
          />
        </div>
      )}
      {state && !underWay && (!problem || broughtWords(state.summary)) && <ImportResult state={state} />}
    </div>
  )
}
