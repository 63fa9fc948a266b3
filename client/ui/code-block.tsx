import { type ComponentProps, useRef } from 'react'
import { CopyButton } from './copy-button.tsx'

/** A block of code with its language and a button that copies it. */
export function CodeBlock({ children }: ComponentProps<'pre'>) {
  const ref = useRef<HTMLPreElement>(null)
  const language = /language-([\w+#-]+)/.exec(classOf(children))?.[1]
  return (
    <div className="group/code relative">
      {language && <span className="absolute top-1.5 left-4 font-mono text-ink-soft text-xs">{language}</span>}
      <CopyButton label="Copy code" text={() => ref.current?.textContent ?? ''} className="absolute top-0.5 right-1" />
      <pre ref={ref} className={language ? 'pt-8!' : undefined}>
        {children}
      </pre>
    </div>
  )
}

function classOf(child: ComponentProps<'pre'>['children']): string {
  return child !== null && typeof child === 'object' && 'props' in child
    ? String((child.props as { className?: string }).className ?? '')
    : ''
}
