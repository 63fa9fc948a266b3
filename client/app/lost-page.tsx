import { Link } from '@tanstack/react-router'

/** An address that leads nowhere. */
export function LostPage() {
  return (
    <div className="m-auto max-w-prose px-6 text-center">
      <h1 className="font-serif text-4xl">There is nothing at this address.</h1>
      <Link to="/" className="mt-4 inline-block text-verdigris underline underline-offset-4">
        Back to your chats
      </Link>
    </div>
  )
}
