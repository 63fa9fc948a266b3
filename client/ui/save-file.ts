/** Long enough for any browser to have read the file. */
const READ_MS = 60_000

/** Lets the browser save a text as a file. */
export function saveFile({ filename, mediaType, content }: Record<'filename' | 'mediaType' | 'content', string>): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), READ_MS)
}
