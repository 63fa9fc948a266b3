/** Whether a key belongs to an input method that is still composing; Safari says so of the last one by its code alone. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

/** Whether a key sends what is written: Enter does, but Shift+Enter, or the Enter of a keyboard on glass, makes a line. */
export function sends(event: KeyboardEvent, byFinger: boolean): boolean {
  return event.key === 'Enter' && !event.shiftKey && !byFinger && !isComposing(event)
}
