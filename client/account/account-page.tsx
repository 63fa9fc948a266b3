import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { trpc } from '#client/trpc.ts'
import { Button } from '#client/ui/button.tsx'
import { dayOf } from '#client/ui/dates.ts'
import { Trouble } from '#client/ui/trouble.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { ForgetEverything } from './forget-everything.tsx'

interface AccountPageProps {
  lead: ReactNode
  onSignOut: () => Promise<void>
}

/** Who is signed in, and the two things that cannot be undone. */
export function AccountPage({ lead, onSignOut }: AccountPageProps) {
  const me = trpc.session.me.useQuery()
  const facts = [
    ['E-mail', me.data?.email],
    ['Name', me.data?.name],
    ['Here since', me.data && dayOf(me.data.createdAt)],
    ['Time zone', me.data?.timeZone],
  ] as const
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <title>Your account · Moneta</title>
      <div className="mx-auto max-w-reading px-5 pb-20">
        <header className="flex items-center gap-2 pt-3 md:pt-10">
          <span className="-ml-2 md:hidden">{lead}</span>
          <h1 className="font-serif text-3xl tracking-tight md:text-5xl">Your account</h1>
        </header>
        {me.isError ? (
          <div className="mt-6">
            <Trouble what="Your account could not be read." why={me.error.message} onRetry={me.refetch} />
          </div>
        ) : (
          <dl className="mt-6 grid grid-cols-[auto_1fr] gap-x-8 gap-y-2 border-line border-y py-5" aria-busy={!me.data}>
            {facts.map(([name, value]) =>
              me.data && !value ? null : (
                <div key={name} className="col-span-2 grid grid-cols-subgrid">
                  <dt className="text-ink-soft text-sm leading-6">{name}</dt>
                  <dd className="min-w-0 leading-6 [overflow-wrap:anywhere]">
                    {value ?? <span className="waits text-line-strong">·</span>}
                  </dd>
                </div>
              ),
            )}
          </dl>
        )}
        <p className="mt-5 text-pretty text-ink-soft text-sm leading-relaxed">
          Days are counted in this time zone. Nobody but you can see what you say here or what is remembered of it.
        </p>
        <div className="mt-4 flex flex-wrap gap-2">
          <Button onClick={() => void onSignOut()}>Sign out</Button>
        </div>
        <section aria-labelledby="erase" className="mt-16 border-line border-t pt-6">
          <h2 id="erase" className="font-serif text-xl">
            Erase
          </h2>
          <p className="mt-1 text-ink-soft text-sm leading-relaxed">
            What is erased here does not come back. One thing at a time is forgotten, and can be brought back for a day,
            under{' '}
            <Link to="/memory" className="text-verdigris underline underline-offset-2">
              What I remember
            </Link>
            ; a copy of all of it is made there, too.
          </p>
          <div className="mt-4 divide-y divide-line">
            <ForgetEverything />
            <DeleteAccount onSignOut={onSignOut} />
          </div>
        </section>
      </div>
    </div>
  )
}
