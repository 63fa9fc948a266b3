import type { Waiter } from './waiters.ts'

/** An operation that asks to be sent; it is told either to proceed or why not, unless it withdraws before. */
export interface Applicant<Epoch> extends Waiter {
  proceed(epoch: Epoch): void
}

/** Where one can apply. */
interface Office<Epoch> {
  apply(applicant: Applicant<Epoch>): void
  withdraw(applicant: Applicant<Epoch>): void
}

/** Applies, and withdraws when the signal is aborted. Rejects with a SessionError, or with the signal's reason. */
export function admission<Epoch>(office: Office<Epoch>, signal?: AbortSignal | null): Promise<Epoch> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const settle = <T>(tell: (value: T) => void) => {
      return (value: T) => {
        signal?.removeEventListener('abort', abort)
        tell(value)
      }
    }
    const applicant = { proceed: settle(resolve), refuse: settle(reject) }
    const abort = () => {
      office.withdraw(applicant)
      applicant.refuse(signal?.reason)
    }
    signal?.addEventListener('abort', abort)
    office.apply(applicant)
  })
}
