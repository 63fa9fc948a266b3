import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './button.tsx'
import { copyText } from './clipboard.ts'

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
      onClick={() => copyText(text()).then(() => setCopied(true))}
    >
      {copied ? <Check className="text-verdigris" /> : <Copy />}
    </IconButton>
  )
}
