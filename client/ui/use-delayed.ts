import { useEffect, useState } from 'react'

/** True once `on` has lasted for `ms` milliseconds: what comes at once needs no skeleton. */
export function useDelayed(on: boolean, ms = 150): boolean {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!on) return
    const timer = setTimeout(() => setShown(true), ms)
    return () => {
      clearTimeout(timer)
      setShown(false)
    }
  }, [on, ms])
  return shown
}
