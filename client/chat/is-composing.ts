/** Whether a key belongs to an input method that is still composing; Safari says so of the last one by its code alone. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}
