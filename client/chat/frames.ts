/** Asks to be called before the next paint; returns what cancels it. */
export type NextFrame = (run: () => void) => () => void

export const browserFrame: NextFrame = (run) => {
  const frame = requestAnimationFrame(run)
  return () => cancelAnimationFrame(frame)
}

/** Joins any number of values into one call a frame, with the last of them. */
export function oncePerFrame<T>(nextFrame: NextFrame, show: (value: T) => void) {
  let waiting: { value: T; cancel: () => void } | null = null
  return {
    push(value: T) {
      if (waiting) waiting.value = value
      else {
        const cancel = nextFrame(() => {
          const last = waiting
          waiting = null
          if (last) show(last.value)
        })
        waiting = { value, cancel }
      }
    },
    stop() {
      waiting?.cancel()
      waiting = null
    },
  }
}
