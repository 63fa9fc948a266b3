import { trpc } from '#client/trpc.ts'
import { Button } from '#client/ui/button.tsx'
import { usePerson } from '#client/ui/person.ts'
import { browserStore } from '#client/ui/text-store.ts'
import { TypedConfirmation } from './typed-confirmation.tsx'

/** The account with all that is in it. Its session ends with it. */
export function DeleteAccount({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const { userId } = usePerson()
  const remove = trpc.session.deleteAccount.useMutation({
    onSuccess({ remains }) {
      eraseTexts(userId)
      if (remains === null) void onSignOut()
    },
  })
  if (remove.data) {
    return (
      <div role="status" className="py-4 text-sm leading-relaxed">
        <p>Your account and all that was in it are erased here.</p>
        {remove.data.remains && <p className="mt-1">{remove.data.remains}</p>}
        <Button className="mt-3" onClick={() => void onSignOut()}>
          Close
        </Button>
      </div>
    )
  }
  return (
    <TypedConfirmation
      title="Delete the account"
      open="Delete"
      phrase="delete my account"
      busy={remove.isPending}
      problem={remove.error?.message}
      onConfirm={() => remove.mutate({ confirm: 'delete my account' })}
    >
      Your account goes, with every chat, every message and every memory in it, on all your devices. You are signed out
      at once. There is no undo and no way back; whoever signs up with this address again begins with nothing.
    </TypedConfirmation>
  )
}

/** What this browser keeps of a person: what they had typed and not sent. */
function eraseTexts(userId: string): void {
  const store = browserStore()
  for (const name of store.names(`moneta:${userId}:`)) store.remove(name)
}
