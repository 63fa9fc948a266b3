import { type ComponentProps, isValidElement, lazy, type ReactNode, Suspense } from 'react'
import { CopyButton } from './copy-button.tsx'

const Coloured = lazy(() =>
  import('./coloured-code.tsx').catch(() => ({ default: ({ text }: { text: string }) => text })),
)

/** A block of code with its language and a button that copies it. */
export function CodeBlock({ children }: ComponentProps<'pre'>) {
  const { text, language } = codeOf(children)
  return (
    <figure className="code" aria-label={language ? `Code, ${language}` : 'Code'}>
      <figcaption>
        <span className="min-w-0 flex-1 truncate">{language}</span>
        <CopyButton label="Copy code" text={() => text} />
      </figcaption>
      <pre dir="ltr">
        <code>
          {language ? (
            <Suspense fallback={text}>
              <Coloured text={text} language={language} />
            </Suspense>
          ) : (
            text
          )}
        </code>
      </pre>
    </figure>
  )
}

function codeOf(child: ReactNode): { text: string; language: string | undefined } {
  if (!isValidElement<ComponentProps<'code'>>(child)) return { text: '', language: undefined }
  const { children, className = '' } = child.props
  return {
    text: String(children ?? '').replace(/\n$/, ''),
    language: /language-(\S+)/.exec(className)?.[1],
  }
}
