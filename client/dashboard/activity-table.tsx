import type { ActivityDay } from '#shared/memory.ts'

/** The numbers of the bars, for those who cannot see them. */
export function ActivityTable({ activity }: { activity: ActivityDay[] }) {
  return (
    <table className="sr-only">
      <caption>Messages and memories a day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Messages</th>
          <th scope="col">Memories</th>
        </tr>
      </thead>
      <tbody>
        {activity.map(({ day, messages, memories }) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            <td>{messages}</td>
            <td>{memories}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
