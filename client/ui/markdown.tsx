import type { ComponentProps } from 'react'
import ReactMarkdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import remend from 'remend'
import { CodeBlock } from './code-block.tsx'

const plugins = [remarkGfm]

const components = {
  pre: CodeBlock,
  table: (props: ComponentProps<'table'>) => (
    <div className="table">
      <table>{props.children}</table>
    </div>
  ),
  a: ({ href, children }: ComponentProps<'a'>) => (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  ),
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
      {unfinished ? remend(text) : text}
    </ReactMarkdown>
  )
}
