import type { HistoryState } from '@tanstack/react-router'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** How many links to a message were followed up to here. */
    jump?: number
  }
}

/** The state of a link to a message: one that is followed again leads there again, though the address is the same. */
export const jumpOnce = ({ jump = 0 }: HistoryState): HistoryState => ({ jump: jump + 1 })
