import type { ComponentProps } from 'react'
import { SignIn } from './sign-in.tsx'

/** Sign-in as a page of its own, for who comes without a session. */
export function SignInPage(props: ComponentProps<typeof SignIn>) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-6 py-10">
      <header className="grid gap-2">
        <h1 className="font-serif text-3xl">Moneta</h1>
        <p className="text-ink-soft">A chat that remembers. Sign in to see what it kept for you.</p>
      </header>
      <SignIn {...props} />
    </main>
  )
}
