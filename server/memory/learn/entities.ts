import { calendarNames } from '#server/memory/text/calendar.ts'
import { term } from '#server/memory/text/terms.ts'
import type { Entity, EntityKind } from '#shared/memory.ts'
import { findDates } from './dates.ts'
import { knownPlace } from './gazetteer.ts'
import { SPEECH } from './languages.ts'
import { isAdjective } from './nationality.ts'
import type { Speech } from './patterns.ts'

/** Raise it whenever the same text would give other entities or another sole fact: what was kept is then read anew. */
export const RULES_VERSION = 1

/** A memory that speaks of more is a list. */
const MOST = 20
const MOST_WORDS = 4

const NAMES = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{M}'’-]*(?:[ \u00A0]\p{Lu}[\p{L}\p{M}'’-]*)*/gu

interface Found extends Entity {
  at: number
}

/** Words with a capital, each with those that follow it directly: whom or what a text may name. */
export function nameCandidates(text: string): string[] {
  return [...new Set([...text.matchAll(NAMES)].flatMap(([run]) => partsOf(run).map(({ name }) => name)))]
}

/**
 * Whom, where and when a text speaks of, by what is plain without a language model: people by how they are related or
 * because they are known, places by what is done there or because everyone knows them, dates that are said outright.
 */
export function findEntities(text: string, code: string, isKnownPerson: (key: string) => boolean): Entity[] {
  const speech = SPEECH[code]
  const people = [...related(text, speech, code), ...knownPeople(text, isKnownPerson)]
  const taken = new Set(people.map(({ name }) => entityKey('person', name)))
  const isFree = ({ name }: Found) => !taken.has(entityKey('person', name))
  const places = [...stayed(text, speech, code), ...knownPlaces(text, code)].filter(isFree)
  const dates = findDates(text, code).map((date): Found => ({ kind: 'date', ...date }))
  return distinct([...people, ...places, ...dates].sort((a, b) => a.at - b.at || b.name.length - a.name.length))
}

/** What all spellings of a name have in common: case, accents, and in Russian the ending. */
export function entityKey(kind: EntityKind, name: string): string {
  if (kind === 'date') return name
  return name
    .toLowerCase()
    .split(/\s+/)
    .map((word) => term(word.replace(/['’]s$/, ''), /\p{sc=Cyrillic}/u.test(word) ? 'ru' : ''))
    .join(' ')
}

function distinct(found: readonly Found[]): Entity[] {
  const known = new Map<string, Entity>()
  for (const { kind, name } of found) {
    const key = `${kind} ${entityKey(kind, name)}`
    if (!known.has(key)) known.set(key, { kind, name })
  }
  return [...known.values()].slice(0, MOST)
}

function related(text: string, speech: Speech | undefined, code: string): Found[] {
  return (speech?.people ?? []).flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const name = trimmed(match.groups?.name ?? '')
      return name && !isWord(name, code) ? [{ kind: 'person' as const, name, at: match.index }] : []
    }),
  )
}

function knownPeople(text: string, isKnown: (key: string) => boolean): Found[] {
  return [...text.matchAll(NAMES)].flatMap(({ 0: run, index }) => {
    const found = partsOf(run).find(({ name }) => isKnown(entityKey('person', name)))
    return found ? [{ kind: 'person' as const, name: trimmed(found.name), at: index + found.at }] : []
  })
}

function stayed(text: string, speech: Speech | undefined, code: string): Found[] {
  if (!speech?.stays.test(text)) return []
  return [...text.matchAll(speech.where)].flatMap((match) => {
    const name = trimmed(match.groups?.name ?? '')
    return name && !isWord(name, code) ? [{ kind: 'place' as const, name, at: match.index }] : []
  })
}

function knownPlaces(text: string, code: string): Found[] {
  return [...text.matchAll(NAMES)].flatMap(({ 0: run, index }) => {
    const found: Found[] = []
    let end = 0
    for (const { name, at } of partsOf(run)) {
      const place = at >= end ? knownPlace(trimmed(name), code) : null
      if (!place) continue
      found.push({ kind: 'place', name: place, at: index + at })
      end = at + name.length
    }
    return found
  })
}

/** Every stretch of the words of a run, from the first word on, the longest first. */
function partsOf(run: string): { name: string; at: number }[] {
  const words = [...run.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ word, index }))
  return words.flatMap(({ index }, from) =>
    words
      .slice(from, from + MOST_WORDS)
      .map(({ word, index: last }) => ({ name: run.slice(index, last + word.length), at: index }))
      .reverse(),
  )
}

function trimmed(name: string): string {
  return name.replace(/['’](?:s)?$/, '').trim()
}

/** A month, a weekday, a language or where somebody is from: written like a name in some languages and none. */
function isWord(name: string, code: string): boolean {
  return calendarNames(code).has(name.toLowerCase()) || isAdjective(name, code)
}
