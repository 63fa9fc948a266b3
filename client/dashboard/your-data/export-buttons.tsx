import { Download } from 'lucide-react'
import { Button } from '#client/ui/button.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDownload } from './use-download.ts'

const files = [
  { name: 'moneta.json', label: 'Everything, as JSON', busy: 'Fetching everything …' },
  { name: 'moneta.md', label: 'To read, as Markdown', busy: 'Fetching …' },
] as const

/** Everything as one file: for a program, or for a person. */
export function ExportButtons() {
  const { download, fetching, problem } = useDownload()
  return (
    <div>
      <h3 className="font-medium">Take it along</h3>
      <p className="mt-1 text-ink-soft text-sm">
        Every memory with its history, and every conversation with all its branches. What you forgot is not in it.
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        {files.map(({ name, label, busy }) => (
          <Button key={name} disabled={fetching !== null} onClick={() => download(name)}>
            <Download aria-hidden className="size-4" />
            {fetching === name ? busy : label}
          </Button>
        ))}
      </div>
      <p role="status" className="sr-only">
        {fetching && 'Your file is on its way.'}
      </p>
      {problem && (
        <div className="mt-4">
          <Trouble what="The file did not arrive whole." why={problem.why} onRetry={() => download(problem.name)} />
        </div>
      )}
    </div>
  )
}
