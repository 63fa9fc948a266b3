import { global, NAME, type Patterns, type Speech, says } from '../patterns.ts'

const RELATIVES =
  '(?:wife|husband|partner|fiancée?|girlfriend|boyfriend|son|daughter|child|kid|baby|mother|mum|mom|father|dad|brother|sister|twin|grand(?:mother|father|ma|pa|son|daughter)|aunt|uncle|niece|nephew|cousin|(?:best )?friend|boss|manager|colleague|neighbou?r|teacher|therapist|doctor|dentist|dog|cat|puppy|kitten|horse|rabbit|parrot)'

const SOMETHING =
  "(?!(?:it|this|that|these|those|them|him|her|you|your|how|when|what|why|where|who|if|to|the idea|the way|being|having)\\b)[\\p{L}\\p{N}'’]"
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const I_AM = "(?:i am|i'm|i’m)"

export const english: Patterns = {
  request:
    /^(?:(?:please|and|also|ok(?:ay)?|hey|hi|moneta)[,!]?\s+)*(?:please\s+)?(?:remember|note|keep in mind|don['’]t forget|never forget|make a note)(?:\s+(?:for me|please))?(?:\s+this)?(?:\s+that\b|\s*[:,]|(?=\s+(?:i|my|our|we)\b))\s*/iu,
  notARequest: /^(?:when|how|the time|to|me|us|what|who|where)\b/iu,
  opening:
    /^(?:(?:by the way|btw|fyi|well|so|also|and|oh|actually|hi|hello|hey|yes|yeah|no|ok(?:ay)?|just so you know|for the record)(?:\s+(?:there|moneta))?[,!.:]?\s+)+/iu,
  unsure:
    /\b(?:if|unless|would|could|might|maybe|perhaps|probably|suppose|imagine|pretend|guess|wish|hope|joking|kidding|as if|like if|sometimes think|used to|no longer|not sure|in my dream|in the (?:book|movie|film|story|game)|said|says|told|asks?|asked|quote)\b/iu,
  facts: [
    {
      kind: 'name',
      only: 'name',
      says: /^(?:[Mm]y (?:full |first |last )?name(?: is|['’]s)|(?:[Pp]lease )?[Cc]all me|[Ii] go by) \p{Lu}/u,
    },
    {
      kind: 'home',
      only: 'home',
      says: /^(?:[Ii]|[Ww]e) (?:(?:now |currently )?live|(?:have |just |have just |['’]ve )?moved) (?:in|to|near|on|at) (?:the |a )?\p{Lu}/u,
    },
    { kind: 'home', says: /^[Ii](?: am|['’]m| come) (?:originally )?from (?:the )?\p{Lu}/u },
    { kind: 'home', only: 'address', says: says('my (?<of>home |postal |e-?mail )?address is ') },
    {
      kind: 'work',
      says: /^[Ii] (?:now |currently )?(?:work|teach|study) (?:at|for|with) (?:the |a |an )?[\p{Lu}\p{L}]/u,
    },
    { kind: 'work', says: says(`i (?:now |currently )?work as (?:a|an|the) ${SOMETHING}`) },
    {
      kind: 'work',
      says: says(
        `${I_AM} (?:a|an) (?:[\\p{L}-]+ ){0,2}(?:teacher|nurse|doctor|engineer|developer|designer|lawyer|artist|writer|student|scientist|researcher|chef|cook|driver|accountant|architect|journalist|musician|photographer|programmer|pilot|farmer|electrician|plumber|carpenter|dentist|pharmacist|physicist|therapist|psychologist|translator|librarian|manager|consultant|firefighter|police officer)\\b`,
      ),
    },
    { kind: 'work', says: says(`my (?:job|profession|employer|company|new job) is ${SOMETHING}`) },
    { kind: 'family', says: says(`my ${RELATIVES}(?:['’]s name)?(?: is|['’]s) (?:called|named) \\p{L}`) },
    { kind: 'family', says: says(`my ${RELATIVES}['’]s name is \\p{L}`) },
    { kind: 'family', says: new RegExp(`^[Mm]y ${RELATIVES} is \\p{Lu}\\p{Ll}`, 'u') },
    { kind: 'family', says: says(`my ${RELATIVES},? \\p{L}+,? (?:lives|works|studies|was born|is \\d+)\\b`) },
    {
      kind: 'family',
      says: says(
        `(?:i|we) have (?:a|an|one|two|three|four|five|six|\\d+) (?:[\\p{L}-]+ ){0,2}(?:sons?|daughters?|kids?|child(?:ren)?|brothers?|sisters?|siblings?|dogs?|cats?|twins|grandchildren)\\b`,
      ),
    },
    { kind: 'family', says: says(`${I_AM} (?:married|engaged) to \\p{L}`) },
    {
      kind: 'date',
      says: says(
        `(?:my|our) (?:birthday|anniversary|wedding|due date)(?: is|['’]s) (?:on |in )?(?:the )?(?:\\d|${MONTH})`,
      ),
    },
    { kind: 'date', says: says(`my ${RELATIVES}['’]s birthday is (?:on |in )?(?:the )?(?:\\d|${MONTH})`) },
    { kind: 'date', says: says(`i was born (?:on|in) (?:the )?[\\p{L}\\d]`) },
    { kind: 'date', only: 'age', says: says(`${I_AM} \\d{1,3} years old\\b`) },
    {
      kind: 'health',
      says: says(`${I_AM} (?:severely |very |badly )?(?:allergic to|intolerant (?:to|of)) ${SOMETHING}`),
    },
    {
      kind: 'health',
      says: says(`i have (?:an? )?(?:[\\p{L}-]+ )?(?:allergy|asthma|diabetes|epilepsy|migraines?)\\b`),
    },
    {
      kind: 'health',
      says: says(
        `${I_AM} (?:a )?(?:strict )?(?:vegetarian|vegan|pescatarian|celiac|coeliac|diabetic|colou?r-?blind|lactose[- ]intolerant|left-handed)\\b`,
      ),
    },
    { kind: 'preference', says: says(`i (?:do not|don['’]t|never) (?:eat|drink|smoke) ${SOMETHING}`) },
    {
      kind: 'preference',
      says: says(
        `i (?:really |absolutely |truly )?(?:love|adore|hate|detest|prefer|dislike|can['’]t stand|cannot stand) ${SOMETHING}`,
      ),
    },
    {
      kind: 'preference',
      only: 'favourite',
      says: says(`my (?:all-time )?favou?rite (?<of>[\\p{L} -]{2,40}) (?:is|are) ${SOMETHING}`),
    },
    { kind: 'language', says: /^(?:I speak|[Mm]y (?:native |first )?language is) (?:\p{Ll}+ )?\p{Lu}\p{Ll}+/u },
  ],
  hints: [
    { kind: 'preference', says: says(`i (?:really )?(?:like|enjoy|don['’]t like|do not like) ${SOMETHING}`) },
    { kind: 'habit', says: says(`i (?:usually|always|never|often) \\p{L}`) },
    { kind: 'plan', says: says(`(?:${I_AM}|we are|we['’]re) (?:planning|going) (?:to|a|on) \\p{L}`) },
    { kind: 'plan', says: says(`(?:i|we) (?:plan|intend|have decided|decided) to \\p{L}`) },
    {
      kind: 'plan',
      says: says(`(?:i|we) have an? (?:[\\p{L}-]+ )?(?:appointment|meeting|exam|interview|flight|deadline) `),
    },
    {
      kind: 'activity',
      says: says(`${I_AM} (?:learning|training for|writing|building|reading|studying) ${SOMETHING}`),
    },
    {
      kind: 'activity',
      says: says(
        `(?:i|we) (?:just |recently )?(?:started|bought|adopted|finished|joined|signed up for|got) (?:a|an|my|our|the|learning|working) ?\\p{L}`,
      ),
    },
    { kind: 'goal', says: says(`my (?:goal|dream|plan|aim) is to \\p{L}`) },
    { kind: 'family', says: says(`my ${RELATIVES} (?:is|has|lives|works|loves|hates) \\p{L}`) },
  ],
}

export const englishSpeech: Speech = {
  people: [
    global(`[Mm]y (?:\\p{Ll}+ )?${RELATIVES}(?:['’]s name)?,?(?: is| was|['’]s)?(?: called| named)?,? ${NAME}`),
    global(`(?:married|engaged) to ${NAME}`),
    global(`${NAME}(?: is my (?:\\p{Ll}+ )?${RELATIVES}\\b|, my (?:\\p{Ll}+ )?${RELATIVES},)`),
  ],
  stays:
    /\b(?:liv(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|grew up|born|raised|stay(?:s|ed|ing)?|based|(?:am|'m|’m|is|are|come|comes|came) (?:originally )?from|travel\w*|trip|flight|fl(?:y|ies|ew|ying)|drive|drove|went|go(?:es|ing)?|visit\w*|vacation|holidays?|home|house|flat|apartment)\b/iu,
  where: global(`(?:in|to|near|from|via|visit(?:ed|ing)?) (?:the )?${NAME}`),
}
