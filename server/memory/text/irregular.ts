/**
 * English forms that no stemmer brings together, one word a group: one asks "what did she buy" for what was told as "I
 * bought". Left out are those that are mostly another word ("rose", "ground", "leaves").
 */
const GROUPS = `
arise arose arisen, awake awoke awoken, bear bore borne, beat beaten, become became, begin began begun, bend bent,
bind bound, bite bit bitten, bleed bled, blow blew blown, break broke broken, breed bred, bring brought,
build built, burn burnt, buy bought, catch caught, choose chose chosen, cling clung, come came, creep crept, deal dealt,
dig dug, draw drew drawn, dream dreamt, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen,
feed fed, feel felt, fight fought, find found, flee fled, fly flew flown, forbid forbade forbidden, forget forgot forgotten,
forgive forgave forgiven, freeze froze frozen, get got gotten, give gave given, go went gone, grow grew grown,
hang hung, hear heard, hide hid hidden, hold held, keep kept, kneel knelt, know knew known, lay laid, lead led, lean leant,
leap leapt, learn learnt, leave left, lend lent, light lit, lose lost, make made, mean meant, meet met, pay paid,
ride rode ridden, ring rang rung, rise risen, run ran, say said, see saw seen, seek sought, sell sold, send sent,
sew sewn, shake shook shaken, shine shone, shoot shot, show shown, shrink shrank shrunk, sing sang sung, sink sank sunk,
sit sat, sleep slept, slide slid, speak spoke spoken, spend spent, spill spilt, spin spun, spoil spoilt, stand stood,
steal stole stolen, stick stuck, sting stung, strike struck, swear swore sworn, sweep swept, swim swam swum, swing swung,
take took taken, teach taught, tear tore torn, tell told, think thought, throw threw thrown, understand understood,
wake woke woken, wear wore worn, weave wove woven, weep wept, win won, write wrote written,
child children, foot feet, goose geese, knife knives, loaf loaves, man men, mouse mice, person people,
shelf shelves, tooth teeth, wife wives, wolf wolves, woman women, half halves, good better best, bad worse worst`

export const IRREGULAR: ReadonlyMap<string, string> = new Map(
  GROUPS.split(',').flatMap((group) => {
    const [base = '', ...forms] = group.trim().split(' ')
    return forms.map((form) => [form, base] as const)
  }),
)
