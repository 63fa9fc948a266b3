import type { PrismaClient } from '#server/db/generated/client.ts'

/** Someone with a browser: it keeps the cookie, and asks the local identity as clerk-js does. */
export interface Person {
  email: string
  /** The id Clerk's side knows the person by. */
  subject: string
  sessionId: string
  /** The cookie that the browser sends at the moment. */
  cookie: string
  /** Signs in, as whoever this is or as someone else. */
  signIn(email?: string): Promise<void>
  /** A fresh token of the session: for the pages of the server it signed up at, or of another on the same database. */
  token(at?: string): Promise<string>
  /** A request of the page to the local identity, such as `/client/sessions?_method=DELETE`. */
  ask(path: string, form?: Record<string, string>, at?: string): Promise<Response>
}

export const PASSWORD = 'correct horse battery'

/** PASSWORD at a cost that tests can pay for each person: scrypt with N = 2^8. */
const CHEAP_HASH = '$scrypt$ln=8,r=8,p=1$BwcHBwcHBwcHBwcHBwcHBw$NKLlkNyCBo8zvLn5YS6TFFLlpRq3pEH2ZGLbP+6Olh8'

/** An account, and a browser in which it has signed in. */
export async function createPerson(url: string, prisma: PrismaClient, email: string): Promise<Person> {
  const subject = `user_${email}`
  await prisma.localAccount.create({ data: { id: subject, email, firstName: 'Ada', passwordHash: CHEAP_HASH } })
  const person = Object.assign(createBrowser(url, email), { subject })
  await person.signIn()
  return person
}

/** A browser in which nobody has signed in yet. */
export function createBrowser(url: string, email = ''): Person {
  const person: Person = {
    email,
    subject: '',
    sessionId: '',
    cookie: '',
    async signIn(as = email) {
      const response = await person.ask('/client/sign_ins', { identifier: as, password: PASSWORD })
      if (!response.ok) throw new Error(`Sign-in was refused: ${response.status} ${await response.text()}`)
      person.sessionId = (await response.json()).response.created_session_id
    },
    async token(at = url) {
      const response = await person.ask(`/client/sessions/${person.sessionId}/tokens`, {}, at)
      if (!response.ok) throw new Error(`No token: ${response.status} ${await response.text()}`)
      return (await response.json()).jwt
    },
    async ask(path, form, at = url) {
      const response = await fetch(`${at}/__clerk/v1${path}`, {
        method: form || path.includes('_method') ? 'POST' : 'GET',
        headers: { origin: at, ...(person.cookie ? { cookie: person.cookie } : {}) },
        body: form ? new URLSearchParams(form) : undefined,
      })
      const [cookie] = response.headers.getSetCookie()
      if (cookie) person.cookie = cookie.slice(0, cookie.indexOf(';'))
      return response
    },
  }
  return person
}
