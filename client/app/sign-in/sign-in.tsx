import { SignIn as ClerkSignIn } from '@clerk/clerk-react'
import type { PublicConfig } from '#shared/session.ts'
import { LocalSignIn } from './local-sign-in.tsx'

interface SignInProps {
  identity: PublicConfig['identity']
  email?: string
}

/** Sign-in by whoever keeps the accounts: this installation by a form of ours, Clerk's cloud by Clerk's component. */
export function SignIn({ identity, email }: SignInProps) {
  if (identity === 'local') return <LocalSignIn email={email} />
  const here = window.location.href
  return (
    <ClerkSignIn
      routing="hash"
      withSignUp
      forceRedirectUrl={here}
      signUpForceRedirectUrl={here}
      initialValues={{ emailAddress: email }}
    />
  )
}
