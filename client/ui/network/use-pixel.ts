import { type RefObject, useLayoutEffect, useState } from 'react'

/** The part of the plane that a picture shows, in its own units. */
export interface Frame {
  left: number
  top: number
  width: number
  height: number
}

/** The size of a CSS pixel in the units of a picture that is fitted into its element. */
export function usePixel(element: RefObject<Element | null>, frame: Frame): number {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const box = element.current
    if (!box) return
    const measure = () => {
      const { width, height } = box.getBoundingClientRect()
      setSize({ width, height })
    }
    const sizes = new ResizeObserver(measure)
    sizes.observe(box)
    measure()
    return () => sizes.disconnect()
  }, [element])
  if (size.width === 0 || size.height === 0) return 1
  return Math.max(frame.width / size.width, frame.height / size.height)
}
