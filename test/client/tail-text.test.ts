import fc from 'fast-check'
import { expect, it } from 'vitest'
import { extend } from '#client/chat/tail-text.ts'

it('holds each character once, however the stream is cut, resumed and told again', () => {
  const cuts = fc.array(fc.record({ from: fc.nat(200), length: fc.nat(40) }), { maxLength: 60 })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), cuts, (answer, pieces) => {
      let known = ''
      for (const { from, length } of pieces) {
        const start = Math.min(from, known.length, answer.length)
        const text = answer.slice(start, start + length)
        const next = extend(known, { type: 'delta', offset: start + text.length, text })
        expect(next).not.toBeNull()
        known = next ?? ''
        expect(answer.startsWith(known)).toBe(true)
      }
    }),
  )
})

it('takes what a reset brings for the whole answer', () => {
  expect(extend('more than was kept', { type: 'reset', offset: 9, text: 'more than' })).toBe('more than')
})

it('says so when something between was missed', () => {
  expect(extend('abc', { type: 'delta', offset: 8, text: 'fgh' })).toBeNull()
})
