import { expect, it } from 'vitest'
import { type Follow, type FollowEvent, follow } from '#client/chat/follow.ts'

function after(state: Follow, ...events: FollowEvent[]): Follow {
  return events.reduce((each, event) => follow(each, event).state, state)
}

it('goes to the end on opening, and stays there while the answer grows', () => {
  expect(follow('detached', { type: 'opened' })).toEqual({ state: 'following', move: 'to-bottom' })
  expect(follow('following', { type: 'grew', fromBottom: 400 })).toEqual({ state: 'following', move: 'to-bottom' })
})

it('leaves the reader alone once they have pulled away', () => {
  const state = after('following', { type: 'pulled-away' })
  expect(follow(state, { type: 'grew', fromBottom: 900 })).toEqual({ state: 'detached', move: 'none' })
  expect(after(state, { type: 'scrolled-down', fromBottom: 300 })).toBe('detached')
})

it('lets a reader go whose focus went up, but not for what became shorter above the end', () => {
  expect(after('following', { type: 'scrolled-up', fromBottom: 300 })).toBe('detached')
  expect(after('following', { type: 'scrolled-up', fromBottom: 0 })).toBe('following')
  expect(after('anchored', { type: 'scrolled-up', fromBottom: 300 })).toBe('anchored')
})

it('follows again when the reader comes down to the end, or asks to', () => {
  expect(after('detached', { type: 'scrolled-down', fromBottom: 4 })).toBe('following')
  expect(follow('detached', { type: 'jumped' })).toEqual({ state: 'following', move: 'to-bottom' })
})

it('puts a sent turn near the top and lets the answer fill below without moving', () => {
  expect(follow('following', { type: 'sent' })).toEqual({ state: 'anchored', move: 'to-turn' })
  expect(follow('anchored', { type: 'grew', fromBottom: -200 })).toEqual({ state: 'anchored', move: 'none' })
  expect(follow('anchored', { type: 'scrolled-down', fromBottom: -200 })).toEqual({ state: 'anchored', move: 'none' })
})

it('offers the way to the end when the answer has outgrown the screen', () => {
  expect(follow('anchored', { type: 'grew', fromBottom: 60 })).toEqual({ state: 'detached', move: 'none' })
})
