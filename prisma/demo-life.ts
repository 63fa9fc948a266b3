/** One conversation of the demo account: how many days ago and at what hour (UTC) it began, and who said what. */
export interface DemoThread {
  daysAgo: number
  hour: number
  title: string
  pinned?: true
  turns: string[]
}

/** What was remembered of a conversation: `turn` counts from 0 and is the one it was said in. */
interface DemoMemory {
  daysAgo: number
  turn?: number
  text: string
  kind: string
  tags: string[]
}

export const DEMO_MEMORIES: DemoMemory[] = [
  { daysAgo: 29, text: 'I am Ines Carvalho, a bookbinder in Porto.', kind: 'identity', tags: ['work', 'Porto'] },
  {
    daysAgo: 29,
    turn: 2,
    text: 'My workshop is in Rua das Flores, on the second floor.',
    kind: 'place',
    tags: ['work', 'Porto'],
  },
  { daysAgo: 27, text: 'My daughter Clara is nine and plays the cello.', kind: 'person', tags: ['family', 'Clara'] },
  { daysAgo: 26, text: 'I am allergic to hazelnuts.', kind: 'health', tags: ['food'] },
  {
    daysAgo: 24,
    text: 'I prefer wheat paste to PVA glue for anything older than 1950.',
    kind: 'preference',
    tags: ['work'],
  },
  {
    daysAgo: 21,
    text: 'My brother Tomás lives in Lisbon and restores tiles.',
    kind: 'person',
    tags: ['family', 'Tomás', 'Lisbon'],
  },
  { daysAgo: 19, text: 'Clara’s cello lesson is on Thursdays at five.', kind: 'date', tags: ['family', 'Clara'] },
  {
    daysAgo: 17,
    text: 'The herbarium of the botanical garden has to be ready by the end of next month.',
    kind: 'plan',
    tags: ['work', 'herbarium'],
  },
  { daysAgo: 15, text: 'I drink my coffee without sugar, before eight.', kind: 'preference', tags: ['food'] },
  {
    daysAgo: 12,
    text: 'I want to walk the Portuguese Way to Santiago in spring, from Porto.',
    kind: 'plan',
    tags: ['travel', 'Porto'],
  },
  {
    daysAgo: 10,
    text: 'Senhor Almeida of the archive pays within thirty days, never sooner.',
    kind: 'person',
    tags: ['work'],
  },
  {
    daysAgo: 8,
    text: 'My father’s name was Henrique; he taught me to sew a text block.',
    kind: 'person',
    tags: ['family'],
  },
  {
    daysAgo: 5,
    text: 'I moved the guillotine to the window: the light is better there.',
    kind: 'place',
    tags: ['work'],
  },
  {
    daysAgo: 2,
    text: 'Clara will play the Breval sonata at the December concert.',
    kind: 'date',
    tags: ['family', 'Clara'],
  },
]

/** A month of a bookbinder in Porto. Turns alternate, hers first. */
export const DEMO_THREADS: DemoThread[] = [
  {
    daysAgo: 29,
    hour: 8,
    title: 'Who I am',
    turns: [
      'Good morning. I am Ines Carvalho, a bookbinder in Porto. I would like you to remember what I tell you.',
      'Good morning, Ines. I will keep what you tell me where you can see it, correct it and have it forgotten. Tell me about the bindery.',
      'My workshop is in Rua das Flores, on the second floor. Two rooms, a nipping press, my father’s sewing frame and a guillotine that is older than I am.',
      'Two rooms in Rua das Flores, a nipping press, your father’s sewing frame and an old guillotine. I have that.',
    ],
  },
  {
    daysAgo: 27,
    hour: 18,
    title: 'A present for Clara',
    turns: [
      'My daughter Clara is nine and plays the cello. Her birthday is in three weeks and I have no idea what to give her.',
      'A nine-year-old cellist with a bookbinder for a mother: a practice diary you bind yourself, with staves on every other page, would be hers alone.',
      'That is lovely. She likes foxes. Fox-coloured goatskin, then.',
      'Fox-coloured goatskin, a fox blind-tooled on the front board, and a ribbon for the page she is on.',
    ],
  },
  {
    daysAgo: 26,
    hour: 12,
    title: 'Lunch without hazelnuts',
    turns: [
      'Remember that I am allergic to hazelnuts. What can I bring to a lunch for eight that keeps for a day?',
      'A potato and leek tart, an orange and olive salad, and an almond-free, hazelnut-free sponge with lemon: all of it is better the next day.',
      'Almonds are fine, it is only hazelnuts.',
      'Then an almond and lemon cake it is, baked the evening before.',
    ],
  },
  {
    daysAgo: 24,
    hour: 9,
    title: 'Paste for an old spine',
    pinned: true,
    turns: [
      'A parish register of 1786 came in with its spine lining gone. I prefer wheat paste to PVA glue for anything older than 1950. How thick should it be for Japanese tissue?',
      'For tissue on a spine, a paste the thickness of single cream: one part wheat starch to six of water by weight, cooked, cooled and sieved twice. It must stay reversible, so thin coats.',
      'And how long under weight?',
      'Overnight between blotters, changed once after the first hour.',
    ],
  },
  {
    daysAgo: 21,
    hour: 20,
    title: 'Tomás and the tiles',
    turns: [
      'My brother Tomás lives in Lisbon and restores tiles. He asks whether I can bind his catalogue, forty plates, folded.',
      'Forty folded plates want guards, so that they open flat: a stub binding, each plate hinged on a strip of the same paper.',
      'He wants it by the spring fair in Lisbon.',
      'Then the plates should be with you by the end of January: guarding forty takes about three days.',
    ],
  },
  {
    daysAgo: 19,
    hour: 16,
    title: 'Thursdays',
    turns: [
      'Clara’s cello lesson is on Thursdays at five, so I close the workshop at half past four then.',
      'Noted: on Thursdays the workshop closes at half past four, for Clara’s lesson at five.',
    ],
  },
  {
    daysAgo: 17,
    hour: 10,
    title: 'The herbarium',
    pinned: true,
    turns: [
      'The botanical garden gave me its herbarium: 112 sheets, some with mould. It has to be ready by the end of next month.',
      'Begin by setting the mouldy sheets apart, dry and cool, and brush them outdoors with a soft brush and a mask. How many are affected?',
      'Eleven. The rest only need new folders and two boxes.',
      'Then eleven sheets first, a week to dry and rest; folders and boxes can be made meanwhile.',
      'The boxes will be drop-spine, in green cloth.',
      'Two drop-spine boxes in green cloth, fifty-six sheets each.',
    ],
  },
  {
    daysAgo: 15,
    hour: 7,
    title: 'Coffee',
    turns: [
      'I drink my coffee without sugar, before eight. The machine gives a bitter cup lately; what changed?',
      'If the beans are the same, the grind: a bitter cup is over-extracted, so a little coarser, or two seconds less.',
    ],
  },
  {
    daysAgo: 12,
    hour: 21,
    title: 'The way to Santiago',
    turns: [
      'I want to walk the Portuguese Way to Santiago in spring, from Porto. How many days should I take?',
      'About 240 kilometres by the central way: twelve days at twenty kilometres, fourteen with a day of rest in Ponte de Lima and one in Pontevedra.',
      'Fourteen, then. Tomás may come as far as Barcelos.',
      'Barcelos is the second evening: a good way to see each other without the whole walk.',
    ],
  },
  {
    daysAgo: 10,
    hour: 14,
    title: 'The archive’s invoice',
    turns: [
      'Senhor Almeida of the archive pays within thirty days, never sooner. Write me two lines that are friendly and firm.',
      '“Dear Senhor Almeida, the registers are ready and waiting for you. The invoice is enclosed; I count on it, as always, within the thirty days.”',
    ],
  },
  {
    daysAgo: 8,
    hour: 19,
    title: 'My father’s stitch',
    turns: [
      'My father’s name was Henrique; he taught me to sew a text block. I found his sampler today, a stitch I do not know: it locks every third section.',
      'It sounds like a kettle stitch taken early, to bind a heavy block in bundles of three. Does the thread come back under the section before?',
      'Yes, and over again. I shall teach it to Clara one day.',
      'Then it should have a name in your notes: Henrique’s stitch.',
    ],
  },
  {
    daysAgo: 5,
    hour: 11,
    title: 'Light for the guillotine',
    turns: [
      'I moved the guillotine to the window: the light is better there. But the floor gives a little.',
      'A sheet of plywood under both feet spreads the weight; check it with a level, or the cut will wander.',
    ],
  },
  {
    daysAgo: 2,
    hour: 17,
    title: 'The December concert',
    turns: [
      'Clara will play the Breval sonata at the December concert. She is nervous about the second movement.',
      'Let her play it once a day to someone who only listens, and never twice in a row: nerves learn from the first try.',
      'I will listen while I sew.',
      'The best audience: hands busy, ears open.',
    ],
  },
  {
    daysAgo: 0,
    hour: 0,
    title: 'Today',
    turns: [
      'What should I not forget this week?',
      'The herbarium is due at the end of next month and its eleven mouldy sheets come first; Clara’s lesson is on Thursday at five; and the plates from Tomás want three days in January.',
    ],
  },
]
