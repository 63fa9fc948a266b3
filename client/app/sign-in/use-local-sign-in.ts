import { useSignIn, useSignUp } from '@clerk/clerk-react'
import { useRef, useState } from 'react'
import { type Credentials, problemOf, type SignInProblem } from './credentials.ts'

export type SignInMode = 'sign-in' | 'sign-up'

/** Signing in and signing up by e-mail address and password, on Clerk's headless hooks. */
export function useLocalSignIn() {
  const { signIn } = useSignIn()
  const { signUp } = useSignUp()
  const [problem, setProblem] = useState<SignInProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const underWay = useRef(false)

  async function attempt(mode: SignInMode, { name, email, password }: Credentials): Promise<unknown> {
    if (mode === 'sign-in') {
      const { error } = await signIn.password({ identifier: email, password })
      return error ?? (await signIn.finalize()).error
    }
    const { error } = await signUp.password({ emailAddress: email, password, firstName: name || undefined })
    return error ?? (await signUp.finalize()).error
  }

  async function submit(mode: SignInMode, credentials: Credentials): Promise<void> {
    if (underWay.current) return
    underWay.current = true
    setBusy(true)
    setProblem(null)
    const error = await attempt(mode, credentials).catch((thrown: unknown) => thrown ?? new Error('Sign-in failed'))
    underWay.current = false
    setBusy(false)
    if (error) setProblem(problemOf(error))
  }

  return { submit, problem, busy, forgetProblem: () => setProblem(null) }
}
