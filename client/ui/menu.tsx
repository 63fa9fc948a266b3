import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cx } from './cx.ts'

export interface MenuItem {
  label: string
  icon?: ReactNode
  harm?: boolean
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
  return (
    <DropdownMenu.Root defaultOpen modal={false} onOpenChange={(open) => open || onClose?.()}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={label} className={className}>
          {icon}
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 min-w-44 rounded-one border border-line bg-paper-lift p-1 shadow-float"
        >
          {items.map((item) => (
            <DropdownMenu.Item
              key={item.label}
              onSelect={(event) => {
                if (item.stays) event.preventDefault()
                item.onSelect()
              }}
              className={cx(
                'touch flex cursor-pointer items-center gap-2.5 rounded-one px-2.5 py-1.5 text-sm outline-none data-highlighted:bg-paper-deep [&>svg]:size-4',
                item.harm ? 'text-harm' : 'text-ink',
              )}
            >
              {item.icon}
              {item.label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
