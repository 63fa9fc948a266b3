import type { ComponentProps } from 'react'
import { Coin } from '#client/ui/coin.tsx'
import { SignIn } from './sign-in.tsx'

/** Sign-in as a page of its own, for who comes without a session. */
export function SignInPage(props: ComponentProps<typeof SignIn>) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-6 py-10">
      <header className="grid gap-2">
        <h1 className="flex items-center gap-3 font-serif text-3xl">
          <Coin size={28} className="text-verdigris" />
          Moneta
        </h1>
        <p className="text-ink-soft">A chat that remembers. Sign in to see what it kept for you.</p>
      </header>
      <SignIn {...props} />
    </main>
  )
}
