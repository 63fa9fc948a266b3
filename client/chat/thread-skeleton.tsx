const turns = [
  ['w-3/5', ['w-full', 'w-11/12', 'w-2/3']],
  ['w-4/5', ['w-full', 'w-5/6']],
] as const

/** The shape of a conversation that is on its way. */
export function ThreadSkeleton() {
  return (
    <div role="status" aria-label="Loading the conversation" className="waits">
      {turns.map(([question, answer]) => (
        <div key={question} className="border-line border-t py-7 first:border-t-0">
          <div className={`h-6 rounded-one bg-paper-deep ${question}`} />
          <div className="mt-6 space-y-2.5">
            {answer.map((line) => (
              <div key={line} className={`h-4 rounded-one bg-paper-deep ${line}`} />
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
