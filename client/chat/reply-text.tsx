import { lazy, memo, Suspense } from 'react'

/** Under way at once: whoever opens a chat will read Markdown. */
const markdown = import('#client/ui/markdown.tsx')
const Markdown = lazy(() => markdown)

interface ReplyTextProps {
  text: string
  unfinished: boolean
}

/** A reply's words: plain until the Markdown code has come, so that reading never waits for it. */
export const ReplyText = memo(function ReplyText({ text, unfinished }: ReplyTextProps) {
  return (
    <div dir="auto" className="prose">
      <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
        <Markdown text={text} unfinished={unfinished} />
      </Suspense>
    </div>
  )
})
