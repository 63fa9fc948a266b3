import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './button.tsx'

interface CopyButtonProps {
  label: string
  text: () => string
  className?: string
}

/** Copies, and turns to a tick for a moment. */
export function CopyButton({ label, text, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <IconButton
      label={copied ? 'Copied' : label}
      className={className}
      onClick={() => copy(text()).then(() => setCopied(true))}
    >
      {copied ? <Check className="text-verdigris" /> : <Copy />}
    </IconButton>
  )
}

/** Browsers give the clipboard to secure pages only, and at home Moneta may be reached over plain http. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.body.appendChild(document.createElement('textarea'))
  field.value = text
  field.select()
  document.execCommand('copy')
  field.remove()
}
