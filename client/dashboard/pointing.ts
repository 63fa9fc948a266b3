/** Handlers that tell which memory the pointer or the focus is on. */
export function pointing(id: string, onPoint: (id: string | null) => void) {
  const enter = () => onPoint(id)
  const leave = () => onPoint(null)
  return { onPointerEnter: enter, onPointerLeave: leave, onFocus: enter, onBlur: leave }
}
