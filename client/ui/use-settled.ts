import { useEffect, useState } from 'react'

/** The value once it has stood still for `ms` milliseconds: a search is asked for a moment after the last key. */
export function useSettled<T>(value: T, ms = 200): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
