/** Which part of the network is asked for, by one of these; empty, the strongest memories. */
export interface NetworkPart {
  around?: string
  replyId?: string
  query?: string
}

export interface NetworkSize {
  /** How many memories it has room for. */
  limit: number
  /** Height of the picture at its most, in rem; few memories take less. */
  height: number
  /** Width of the picture over its height, about. */
  aspect: number
  /** Whether the list of the same facts stands beside the picture, and not in its place. */
  beside: boolean
}

export const sizes = {
  small: { limit: 40, height: 22, aspect: 0.9, beside: false },
  middle: { limit: 60, height: 26, aspect: 1.1, beside: false },
  large: { limit: 150, height: 36, aspect: 1.6, beside: true },
} satisfies Record<string, NetworkSize>
