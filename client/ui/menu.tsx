import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cx } from './cx.ts'
import { useWithinDialog } from './dialog.tsx'

export interface MenuItem {
  label: string
  icon?: ReactNode
  /** Quiet words after the label. */
  hint?: string
  /** Whether this is the one chosen; left out where nothing is chosen among. */
  checked?: boolean
  harm?: boolean
  /** A hairline parts it from the item before. */
  apart?: boolean
  /** Keeps the menu open, so that the item can ask again in place. */
  stays?: boolean
  onSelect: () => void
}

export interface MenuProps {
  label: string
  icon: ReactNode
  items: MenuItem[]
  className?: string
  onClose?: () => void
}

/** A button that opens a menu, open from the start: see LazyMenu. */
export default function Menu({ label, icon, items, className, onClose }: MenuProps) {
  const dialog = useWithinDialog()
  return (
    <DropdownMenu.Root defaultOpen modal={false} onOpenChange={(open) => open || onClose?.()}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={label} className={className}>
          {icon}
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={dialog?.element ?? document.body}>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[min(22rem,calc(100vw-1rem))] overflow-y-auto rounded-one border border-line bg-paper-lift p-1 shadow-float"
        >
          {items.map((item) => (
            <Item key={item.label} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Item({ item }: { item: MenuItem }) {
  const { label, icon, hint, checked, harm, apart, stays, onSelect } = item
  const props = {
    onSelect(event: Event) {
      if (stays) event.preventDefault()
      onSelect()
    },
    className: cx(
      'touch flex cursor-pointer items-center gap-2.5 rounded-one px-2.5 py-1.5 text-sm outline-none data-highlighted:bg-paper-deep [&>svg]:size-4 [&>svg]:shrink-0',
      harm ? 'text-harm' : 'text-ink',
    ),
  }
  const words = (
    <>
      {icon}
      <span className="min-w-0 truncate">{label}</span>
      {hint && <span className="ml-auto shrink-0 pl-3 text-ink-soft text-xs">{hint}</span>}
    </>
  )
  return (
    <>
      {apart && <DropdownMenu.Separator className="mx-2.5 my-1 border-line border-t" />}
      {checked === undefined ? (
        <DropdownMenu.Item {...props}>{words}</DropdownMenu.Item>
      ) : (
        <DropdownMenu.CheckboxItem checked={checked} {...props}>
          {words}
          <Check className={cx('text-verdigris', !hint && 'ml-auto', !checked && 'invisible')} aria-hidden="true" />
        </DropdownMenu.CheckboxItem>
      )}
    </>
  )
}
