import { useLayoutEffect, useRef } from 'react'
import temml from 'temml'
import 'temml/dist/Temml-Local.css'
import { cx } from './cx.ts'
import type { Formula } from './mark-formulas.ts'

/** A formula as MathML, which browsers draw themselves. What is not TeX stands as it was written. */
export default function TypesetMaths({ tex, display }: Formula) {
  const ref = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (!ref.current) return
    temml.render(tex, ref.current, { displayMode: display, annotate: true, errorColor: 'inherit' })
    for (const name of ref.current.querySelectorAll('mi:not([mathvariant])')) {
      if ([...name.textContent].length === 1) name.classList.add('letter')
    }
  }, [tex, display])
  return <span ref={ref} className={cx(display && 'formula')} />
}
