/** The shape of a list of memories that is on its way. */
export function RowsSkeleton() {
  return (
    <div role="status" aria-label="Loading memories" className="waits divide-y divide-line">
      {['w-11/12', 'w-2/3', 'w-4/5', 'w-3/4', 'w-5/6'].map((width) => (
        <div key={width} className="py-4">
          <div className={`h-5 rounded-one bg-paper-deep ${width}`} />
          <div className="mt-2 h-3 w-32 rounded-one bg-paper-deep" />
        </div>
      ))}
    </div>
  )
}
