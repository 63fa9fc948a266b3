import { trpc } from '#client/trpc.ts'
import { copyText } from '#client/ui/clipboard.ts'
import { saveFile } from '#client/ui/save-file.ts'
import { say } from '#client/ui/toast.ts'
import type { ExportedThread } from '#shared/chat.ts'

type Format = 'markdown' | 'json'

/** A chat to take along. It comes by the API, whose bearer never stands in an address. */
export function useExport(id: string) {
  const utils = trpc.useUtils()
  const exported = async (format: Format, then: (file: ExportedThread) => unknown) => {
    try {
      await then(await utils.client.chat.export.query({ id, format }))
    } catch (error) {
      void say(`That did not work. ${error instanceof Error ? error.message : ''}`)
    }
  }
  return {
    save: (format: Format) => exported(format, saveFile),
    copy: () => exported('markdown', ({ content }) => copyText(content).then(() => say('Copied.'))),
  }
}
