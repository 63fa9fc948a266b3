import { anyWord, global, NAME, type Patterns, type Speech, says } from '../patterns.ts'

const RELATIVES =
  '(?:femme|mari|épouse|époux|compagne|compagnon|copine|copain|fiancée?|fils|fille|enfant|bébé|mère|maman|père|papa|frère|sœur|soeur|jumeau|jumelle|grand-(?:mère|père)|petit-fils|petite-fille|tante|oncle|nièce|neveu|cousine?|meilleure? amie?|amie?|patronne?|chef|collègue|voisine?|médecin|dentiste|chien(?:ne)?|chat(?:te)?|cheval|lapin)'
const SOMETHING = '(?!(?:ça|cela|que|quand|bien|te|vous)(?!\\p{L}))\\p{L}'
const TRADE =
  '(?:professeure?|enseignante?|infirmi(?:er|ère)|médecin|ingénieure?|développeu(?:r|se)|avocate?|artiste|écrivaine?|étudiante?|chercheu(?:r|se)|cuisini(?:er|ère)|chauffeur|comptable|architecte|journaliste|musicien(?:ne)?|photographe|pilote|agricult(?:eur|rice)|électricien(?:ne)?|plombier|dentiste|pharmacien(?:ne)?|psychologue|traduct(?:eur|rice)|bibliothécaire|polici(?:er|ère)|retraitée?)'
const TONGUE =
  '(?:français|anglais|allemand|espagnol|italien|portugais|russe|arabe|chinois|japonais|néerlandais|polonais|turc|coréen|grec|suédois|roumain|hébreu|hindi|ukrainien)'

export const french: Patterns = {
  request:
    /^(?:s['’]il (?:te|vous) pla[iî]t,?\s+)?(?:souviens-toi|rappelle-toi|retiens|note|n['’]oublie pas|mémorise)(?:\s+bien)?(?:,?\s+s['’]il te pla[iî]t)?(?:\s*:\s*|\s+que\s+|\s+qu['’])/iu,
  notARequest: /^(?:de|quand|comment|où|qui)(?!\p{L})/iu,
  opening: /^(?:(?:au fait|alors|bon|ah|salut|bonjour|oui|non|ok|pour info|d['’]ailleurs)[,!.:]?\s+)+/iu,
  unsure: anyWord(
    "si|s['’]ils?|peut-être|probablement|sans doute|imagine|imaginons|suppose|supposons|crois|j['’]espère|aimerais|voudrais|pourrais|serais|aurais|blague|comme si|autrefois|en rêve|dans (?:le|ce|mon) (?:livre|film|jeu|rêve|roman)|dit|disait|disent|demande|demandé|paraît",
  ),
  facts: [
    {
      kind: 'name',
      only: 'name',
      says: /^(?:[Jj]e m['’]appelle|[Mm]on (?:nom|prénom) est|[Aa]ppelle(?:z)?-moi) \p{Lu}/u,
    },
    {
      kind: 'home',
      only: 'home',
      says: /^(?:(?:[Jj]['’]habite|[Nn]ous habitons|[Oo]n habite|[Jj]e vis|[Nn]ous vivons)(?: maintenant| actuellement| désormais)?|[Jj]['’]ai (?:récemment )?(?:déménagé|emménagé)|[Jj]e viens (?:de déménager|d['’]emménager)|[Nn]ous avons (?:déménagé|emménagé)) (?:à|au|aux|en|près de|près d['’]) ?(?:la |le |l['’]|les )?\p{Lu}/u,
    },
    { kind: 'home', says: /^[Jj]e (?:viens|suis originaire) (?:de |du |des |d['’])(?:la |l['’])?\p{Lu}/u },
    {
      kind: 'work',
      says: /^[Jj]e travaille (?:maintenant |actuellement )?(?:(?:chez|pour) (?:la |le |les |l['’])?\p{Lu}|comme \p{Ll})/u,
    },
    { kind: 'work', says: says(`je suis (?:une? )?${TRADE}(?!\\p{L})`) },
    { kind: 'family', says: says(`(?:ma|mon|notre) ${RELATIVES} s['’]appelle \\p{L}`) },
    {
      kind: 'family',
      says: new RegExp(
        `^[Mm](?:a|on) ${RELATIVES}(?:,? \\p{Lu}\\p{L}+,?)? (?:habite|vit|travaille|étudie|a \\d+ ans)(?!\\p{L})`,
        'u',
      ),
    },
    {
      kind: 'family',
      says: says(
        "(?:j['’]ai|nous avons) (?:une?|deux|trois|quatre|cinq|six|\\d+) (?:petite?s? |grande?s? )?(?:fils|filles?|enfants?|frères?|sœurs?|soeurs?|chiens?|chiennes?|chats?|chattes?|jumeaux|jumelles)(?!\\p{L})",
      ),
    },
    { kind: 'family', says: /^[Jj]e suis (?:mariée?|fiancée?) (?:à|avec) \p{Lu}/u },
    {
      kind: 'date',
      says: says(
        '(?:mon anniversaire|notre anniversaire(?: de mariage)?) est (?:le |en )[\\p{L}\\d]|je suis née? (?:le \\d|en (?:\\p{L}+ )?\\d)',
      ),
    },
    { kind: 'date', only: 'age', says: says("j['’]ai \\d{1,3} ans(?!\\p{L})") },
    { kind: 'health', says: says(`je suis (?:très )?(?:allergique|intolérante?) (?:à|au|aux) ${SOMETHING}`) },
    {
      kind: 'health',
      says: says("j['’]ai (?:de l['’](?:asthme|épilepsie)|du diabète|des migraines|une allergie)(?!\\p{L})"),
    },
    {
      kind: 'health',
      says: says(
        'je suis (?:végétarien(?:ne)?|végétalien(?:ne)?|végane?|cœliaque|diabétique|daltonien(?:ne)?|gauch(?:er|ère))(?!\\p{L})',
      ),
    },
    { kind: 'preference', says: says('je ne (?:mange|bois|fume) (?:pas|jamais|plus)(?!\\p{L})') },
    {
      kind: 'preference',
      says: says(
        `(?:j['’]adore|je déteste|j['’]aime (?:beaucoup|énormément)|je préfère|je ne supporte pas) ${SOMETHING}`,
      ),
    },
    {
      kind: 'preference',
      only: 'favourite',
      says: says(`m(?:on|a|es) (?<of>[\\p{L} -]{2,40}?) préférée?s? (?:est|sont|c['’]est) ?\\p{L}`),
    },
    {
      kind: 'language',
      says: says(
        `je parle (?:couramment |bien |un peu )?(?:le |l['’])?${TONGUE}(?!\\p{L})|ma langue maternelle est \\p{L}`,
      ),
    },
  ],
  hints: [
    { kind: 'preference', says: says(`(?:j['’]aime(?: bien)?|je n['’]aime pas) ${SOMETHING}`) },
    { kind: 'habit', says: says("(?:d['’]habitude,? je|je \\p{L}+ (?:toujours|souvent)) \\p{L}") },
    {
      kind: 'plan',
      says: says("(?:je prévois|nous prévoyons|j['’]ai prévu|nous avons prévu|je compte) (?:de |d['’])?\\p{L}"),
    },
    {
      kind: 'plan',
      says: says("(?:j['’]ai|nous avons) (?:un rendez-vous|un examen|un entretien|un vol|une réunion)(?!\\p{L})"),
    },
    { kind: 'activity', says: says(`(?:j['’]apprends|je prépare|j['’]écris|j['’]étudie) ${SOMETHING}`) },
    { kind: 'goal', says: says('mon (?:objectif|but|rêve) est de \\p{L}') },
  ],
}

export const frenchSpeech: Speech = {
  people: [
    global(`[Mm](?:a|on) ${RELATIVES}(?:,| s['’]appelle)? ${NAME}`),
    global(`(?:mariée?|fiancée?) (?:à|avec) ${NAME}`),
    global(`${NAME}, m(?:a|on) ${RELATIVES},`),
  ],
  stays: anyWord(
    'habit\\p{L}*|viv?[st]|vivons|vivent|déménag\\p{L}*|emménag\\p{L}*|viens|vient|originaire|née?|grandi|voyag\\p{L}*|par[st]|partons|partir|all\\p{L}*|vais|va|vol|vacances|visit\\p{L}*',
  ),
  where: global(`(?:(?:à|au|aux|en|de|du|des|vers|près de|pour) (?:la |le |les |l['’])?|d['’])${NAME}`),
}
