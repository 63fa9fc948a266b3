/** The shape of a list that is on its way. */
export function RowsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="waits space-y-3 px-2.5 py-4">
      {['w-4/5', 'w-3/5', 'w-11/12', 'w-2/3', 'w-3/4'].map((width) => (
        <div key={width} className={`h-4 rounded-one bg-line ${width}`} />
      ))}
    </div>
  )
}
