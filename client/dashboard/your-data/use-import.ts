import { useEffect, useRef, useState } from 'react'
import { SessionError } from '#client/auth/session-error.ts'
import { trpc } from '#client/trpc.ts'
import { useFetch } from '#client/ui/fetch.ts'
import { FILE_LIMIT } from '#shared/limits.ts'
import { isUnderWay } from '#shared/transfer.ts'

const LOOK_EVERY_MS = 600
const TOO_LARGE = 'The file is larger than 500 MB: export it in parts.'
const BROKE_OFF = 'The connection broke. What was imported so far is here; the same file goes on where it was.'

interface Problem {
  why: string
  /** The same file will not do another time either. */
  lasting: boolean
}

/**
 * Sends a file and follows what becomes of it. The server's account of it counts: it goes on when the page does not, and
 * is there on another device.
 */
export function useImport() {
  const fetch = useFetch()
  const utils = trpc.useUtils()
  const [sending, setSending] = useState<AbortController | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  /** The last file, to be sent again after a failure. */
  const file = useRef<File | null>(null)
  const state = trpc.transfer.importState.useQuery(undefined, {
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (sending || (data && isUnderWay(data)) ? LOOK_EVERY_MS : false),
  })
  const cancelling = trpc.transfer.cancelImport.useMutation({ onSettled: () => state.refetch() })
  const status = state.data?.status

  // What came is all over the page, figures, lists, threads, whoever sent it.
  const before = useRef(status)
  useEffect(() => {
    const ended = before.current && isUnderWay({ status: before.current }) && status && !isUnderWay({ status })
    before.current = status
    if (!ended) return
    if (status === 'done') setProblem(null)
    void utils.invalidate()
  }, [status, utils])

  async function send(chosen: File) {
    file.current = chosen
    setProblem(chosen.size > FILE_LIMIT ? { why: TOO_LARGE, lasting: true } : null)
    if (chosen.size > FILE_LIMIT) return
    const closed = new AbortController()
    setSending(closed)
    try {
      const response = await fetch('/files/import', { method: 'POST', body: () => chosen, signal: closed.signal })
      if (response.ok) void utils.invalidate()
      else setProblem({ why: await sentenceOf(response), lasting: response.status === 400 || response.status === 413 })
    } catch (error) {
      const why = error instanceof SessionError ? error.message : BROKE_OFF
      if (!closed.signal.aborted) setProblem({ why, lasting: false })
    }
    await state.refetch()
    setSending(null)
  }

  const underWay = sending !== null || (state.data != null && isUnderWay(state.data))
  return {
    /** Of the file that is being sent; until the server knows of it, of none. */
    state: state.data ?? null,
    underWay,
    problem: underWay ? null : problem,
    send,
    again: () => file.current && send(file.current),
    // Told first, the server knows why the connection ends.
    cancel: () => cancelling.mutate(undefined, { onSettled: () => sending?.abort() }),
  }
}

async function sentenceOf(response: Response): Promise<string> {
  const { message } = await response.json().catch(() => ({ message: BROKE_OFF }))
  return message
}
