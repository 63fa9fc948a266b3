import { lazy, Suspense } from 'react'
import type { Formula } from './mark-formulas.ts'

const Typeset = lazy(() => import('./typeset-maths.tsx').catch(() => ({ default: Source })))

/** A formula; until what sets it has come, or where it cannot come, its TeX. */
export function Maths(formula: Formula) {
  return (
    <Suspense fallback={<Source {...formula} />}>
      <Typeset {...formula} />
    </Suspense>
  )
}

function Source({ tex }: Formula) {
  return <code>{tex}</code>
}
