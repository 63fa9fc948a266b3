import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Field } from './field.tsx'
import { PasswordField } from './password-field.tsx'
import { type SignInMode, useLocalSignIn } from './use-local-sign-in.ts'

interface LocalSignInProps {
  /** The address of who signs in again. */
  email?: string
  initialMode?: SignInMode
}

const words = {
  'sign-in': { submit: 'Sign in', busy: 'Signing in …', question: 'New here?', other: 'Create an account' },
  'sign-up': {
    submit: 'Create account',
    busy: 'Creating your account …',
    question: 'You have an account?',
    other: 'Sign in',
  },
}

/** Sign-in and sign-up for accounts kept by this installation. What was typed stays when one turns into the other. */
export function LocalSignIn({ email = '', initialMode = 'sign-in' }: LocalSignInProps) {
  const [mode, setMode] = useState<SignInMode>(initialMode)
  const { submit, problem, busy, forgetProblem } = useLocalSignIn()
  const form = useRef<HTMLFormElement>(null)
  const isNew = mode === 'sign-up'

  useEffect(() => focusOn(form.current, email ? 'password' : 'email'), [email])
  useEffect(() => {
    if (problem?.field) focusOn(form.current, problem.field)
  }, [problem])

  function turnTo(next: SignInMode) {
    forgetProblem()
    setMode(next)
    focusOn(form.current, 'email')
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const read = (name: string) => String(typed.get(name) ?? '')
    void submit(mode, { name: read('name').trim(), email: read('email').trim(), password: read('password') })
  }

  const said = (field: string) => (problem?.field === field ? problem.message : null)
  return (
    <form ref={form} onSubmit={onSubmit} aria-busy={busy} className="grid gap-4">
      {isNew && (
        <Field
          label="Name"
          name="name"
          autoComplete="given-name"
          hint="You may leave it empty."
          problem={said('name')}
        />
      )}
      <Field
        label="E-mail"
        name="email"
        type="email"
        required
        defaultValue={email}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        problem={said('email')}
      />
      <PasswordField
        label="Password"
        name="password"
        required
        minLength={isNew ? 8 : undefined}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? 'At least 8 characters.' : undefined}
        problem={said('password')}
      />
      {problem && !problem.field && (
        <p role="alert" className="text-harm text-sm">
          {problem.message}
        </p>
      )}
      <button
        type="submit"
        aria-disabled={busy}
        className="min-h-11 rounded-one bg-verdigris px-4 font-medium text-on-verdigris hover:opacity-90 aria-disabled:opacity-50"
      >
        {busy ? words[mode].busy : words[mode].submit}
      </button>
      <p className="flex flex-wrap items-center gap-x-2 text-ink-soft text-sm">
        {problem?.taken ? 'Is it yours?' : words[mode].question}
        <button
          type="button"
          onClick={() => turnTo(isNew ? 'sign-in' : 'sign-up')}
          className="min-h-11 font-medium text-verdigris underline underline-offset-4"
        >
          {words[mode].other}
        </button>
      </p>
    </form>
  )
}

function focusOn(form: HTMLFormElement | null, field: string): void {
  const input = form?.elements.namedItem(field)
  if (input instanceof HTMLInputElement) input.focus()
}
