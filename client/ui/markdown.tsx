import type { ComponentProps } from 'react'
import ReactMarkdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import remend from 'remend'
import { CodeBlock } from './code-block.tsx'
import { formulaIn, markFormulas } from './mark-formulas.ts'
import { Maths } from './maths.tsx'

const plugins = [remarkGfm]

const components = {
  pre: CodeBlock,
  code: ({ className, children }: ComponentProps<'code'>) => {
    const formula = typeof children === 'string' ? formulaIn(children) : null
    return formula ? <Maths {...formula} /> : <code className={className}>{children}</code>
  },
  table: (props: ComponentProps<'table'>) => (
    <div className="wide">
      <table>{props.children}</table>
    </div>
  ),
  a: ({ href, children }: ComponentProps<'a'>) => <Elsewhere href={href}>{children}</Elsewhere>,
  // A picture from elsewhere would tell its server who is reading, so it is fetched only by a press.
  img: ({ src, alt }: ComponentProps<'img'>) => <Elsewhere href={src}>{alt || 'Picture'}</Elsewhere>,
}

/** An address that is not safe to open was emptied by then, and is only its words. */
function Elsewhere({ href, children }: Pick<ComponentProps<'a'>, 'href' | 'children'>) {
  if (!href) return <>{children}</>
  return (
    <a href={href} target={href.startsWith('#') ? undefined : '_blank'} rel="noopener noreferrer">
      {children}
    </a>
  )
}

interface MarkdownProps {
  text: string
  /** More is coming: what is still open is closed for the eye. */
  unfinished: boolean
}

/** A reply's Markdown; raw HTML in it stays text. */
export default function Markdown({ text, unfinished }: MarkdownProps) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {markFormulas(unfinished ? remend(text) : text)}
    </ReactMarkdown>
  )
}
