/**
 * Where the reader is in the thread: at the bottom and staying there, at a turn they have just sent, or somewhere of
 * their own choosing.
 */
export type Follow = 'following' | 'anchored' | 'detached'

/** Distances are CSS pixels between the bottom of the view and the bottom of the text. */
export type FollowEvent =
  | { type: 'opened' }
  | { type: 'sent' }
  /** An upward wheel, a drag, a touch, PageUp or a selection. */
  | { type: 'pulled-away' }
  | { type: 'scrolled-down'; fromBottom: number }
  /** By whatever means: the focus, too, takes the view along. */
  | { type: 'scrolled-up'; fromBottom: number }
  | { type: 'grew'; fromBottom: number }
  | { type: 'jumped' }

export type Move = 'none' | 'to-bottom' | 'to-turn'

const NEAR_PX = 32

export function follow(state: Follow, event: FollowEvent): { state: Follow; move: Move } {
  switch (event.type) {
    case 'opened':
    case 'jumped':
      return { state: 'following', move: 'to-bottom' }
    case 'sent':
      return { state: 'anchored', move: 'to-turn' }
    case 'pulled-away':
      return { state: 'detached', move: 'none' }
    case 'scrolled-down':
      return { state: state === 'detached' && event.fromBottom <= NEAR_PX ? 'following' : state, move: 'none' }
    case 'scrolled-up':
      return { state: state === 'following' && event.fromBottom > NEAR_PX ? 'detached' : state, move: 'none' }
    case 'grew':
      if (state === 'following') return { state, move: 'to-bottom' }
      return { state: state === 'anchored' && event.fromBottom > NEAR_PX ? 'detached' : state, move: 'none' }
  }
}
