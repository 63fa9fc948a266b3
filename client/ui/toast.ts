/** Says what happened elsewhere. Loaded when first needed. */
export async function say(message: string): Promise<void> {
  const { toast } = await import('sonner')
  toast(message)
}

/** Says what was done and offers, for a while, to undo it. */
export async function offerUndo(message: string, undo: () => void): Promise<void> {
  const { toast } = await import('sonner')
  toast(message, { duration: 10_000, action: { label: 'Undo', onClick: undo } })
}
