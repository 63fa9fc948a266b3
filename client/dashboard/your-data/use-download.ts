import { useState } from 'react'
import { SessionError } from '#client/auth/session-error.ts'
import { useFetch } from '#client/ui/fetch.ts'

const BROKE_OFF = 'The connection broke. Nothing is lost.'

/** Fetches a file by the session's rules, whole, before it is handed to the browser to keep. */
export function useDownload() {
  const fetch = useFetch()
  const [fetching, setFetching] = useState<string | null>(null)
  const [problem, setProblem] = useState<{ name: string; why: string } | null>(null)

  async function download(name: string) {
    setFetching(name)
    setProblem(null)
    try {
      const response = await fetch(`/files/${name}`)
      if (response.ok) keep(await response.blob(), name)
      else setProblem({ name, why: (await response.json()).message })
    } catch (error) {
      setProblem({ name, why: error instanceof SessionError ? error.message : BROKE_OFF })
    }
    setFetching(null)
  }

  return { download, fetching, problem }
}

function keep(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
