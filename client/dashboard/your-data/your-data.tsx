import { ExportButtons } from './export-buttons.tsx'
import { ImportFile } from './import-file.tsx'

/** What a person takes along, and what they bring. */
export function YourData() {
  return (
    <section aria-labelledby="your-data">
      <h2 id="your-data" className="font-serif text-2xl">
        Your data
      </h2>
      <div className="mt-4 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <ExportButtons />
        <ImportFile />
      </div>
    </section>
  )
}
