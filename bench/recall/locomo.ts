import { readFile } from 'node:fs/promises'

/** LoCoMo (Maharana et al. 2024): long conversations between two people, with questions and the turns that answer them. */
export interface History {
  threads: Thread[]
  questions: Question[]
}

/** A session, as a file of Moneta's has it. */
interface Thread {
  id: string
  title: string
  createdAt: Date
  messages: { id: string; author: 'user' | 'assistant'; authorName: string; text: string; createdAt: Date }[]
}

export interface Question {
  text: string
  /** 1 multi-hop, 2 temporal, 3 open-domain, 4 single-hop, 5 adversarial. */
  category: number
  /** Keys of the turns that hold the answer. */
  evidence: string[]
}

interface Sample {
  conversation: Record<string, unknown> & { speaker_a: string; speaker_b: string }
  qa: { question: string; category: number; evidence: string[] }[]
}

interface Turn {
  speaker: string
  dia_id: string
  text: string
  blip_caption?: string
}

export async function readLocomo(file: string): Promise<History[]> {
  const samples: Sample[] = JSON.parse(await readFile(file, 'utf8'))
  return samples.map((sample) => {
    const threads = readThreads(sample)
    const keys = new Set(threads.flatMap(({ messages }) => messages.map(({ id }) => id)))
    const questions = sample.qa
      .map(({ question, category, evidence }) => ({
        text: question,
        category,
        evidence: cleanEvidence(evidence, keys),
      }))
      .filter(({ evidence }) => evidence.length > 0)
    return { threads, questions }
  })
}

function readThreads({ conversation }: Sample): Thread[] {
  const threads: Thread[] = []
  for (let session = 1; conversation[`session_${session}_date_time`] !== undefined; session++) {
    const turns = conversation[`session_${session}`]
    if (!Array.isArray(turns)) continue
    const start = readDate(String(conversation[`session_${session}_date_time`]))
    threads.push({
      id: `S${session}`,
      title: '',
      createdAt: new Date(start),
      messages: turns.map((turn: Turn, index) => ({
        id: turn.dia_id,
        author: turn.speaker === conversation.speaker_a ? 'user' : 'assistant',
        authorName: turn.speaker,
        text: turn.blip_caption ? `${turn.text}\n[${turn.blip_caption}]` : turn.text,
        createdAt: new Date(start + index * 1000),
      })),
    })
  }
  return threads
}

/** "1:56 pm on 8 May, 2023", taken for UTC. */
function readDate(text: string): number {
  const [, hour, minute, half, day, month, year] = /^(\d+):(\d+) (am|pm) on (\d+) (\w+), (\d+)$/.exec(text.trim()) ?? []
  if (!hour) throw new Error(`No date: ${text}`)
  return Date.parse(`${day} ${month} ${year} ${(Number(hour) % 12) + (half === 'pm' ? 12 : 0)}:${minute} UTC`)
}

/** The data set spells some of them "D8:6; D9:17", "D:11:26" or "D30:05". */
function cleanEvidence(evidence: string[], keys: ReadonlySet<string>): string[] {
  const found = evidence
    .join(' ')
    .replaceAll('D:', 'D')
    .matchAll(/D(\d+):(\d+)/g)
  const cleaned = [...found].map(([, session, turn]) => `D${Number(session)}:${Number(turn)}`)
  return [...new Set(cleaned)].filter((key) => keys.has(key))
}
