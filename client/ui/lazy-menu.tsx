import { lazy, Suspense, useState } from 'react'
import { IconButton } from './button.tsx'
import type { MenuProps } from './menu.tsx'

const load = () => import('./menu.tsx')
const Menu = lazy(load)

/** A menu whose code arrives when its button is pointed at or focused. */
export function LazyMenu(props: MenuProps) {
  const [wanted, setWanted] = useState(false)
  const button = (
    <IconButton
      label={props.label}
      className={props.className}
      aria-haspopup="menu"
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setWanted(true)}
    >
      {props.icon}
    </IconButton>
  )
  return wanted ? (
    <Suspense fallback={button}>
      <Menu {...props} />
    </Suspense>
  ) : (
    button
  )
}
