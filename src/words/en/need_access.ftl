# Where are rates high and services far?

question-need-access = Where are rates high and services far?
need-access-headline-not-known = { SHORT($access) }: high rates beyond reach not known
need-access-headline-none = { SHORT($access) }: no high-rate area beyond reach
need-access-headline-none-surely = { SHORT($access) }: no likely high-rate area beyond reach
need-access-headline-comes = { $areas ->
    [one] { SHORT($access) }: { $areas } high-rate area reached without a site near
   *[other] { SHORT($access) }: { $areas } high-rate areas reached without a site near
}
need-access-headline-unknown = { $areas ->
    [one] { SHORT($access) }: not known for { $areas } high-rate area
   *[other] { SHORT($access) }: not known for { $areas } high-rate areas
}
need-access-headline = { $areas ->
    [one] { SHORT($access) }: { $areas } high-rate area beyond reach
   *[other] { SHORT($access) }: { $areas } high-rate areas beyond reach
}
need-access-subtitle = { $need } per { $per } residents, and access to { MID($access) }, { $area }, { $period }

need-access-not-known = { $need }: too much is withheld, or too few areas are known, to compare need with access.
need-access-none = No area that is probably in the highest third of recorded { MID($need) } is beyond reach of every listed { MID($access) } site.
need-access-none-comes = Each area that is probably in the highest third of recorded { MID($need) } has a listed { MID($access) } site in reach, or the service comes to people there or helps by phone or online.
need-access-far = { need-access-far-areas } in the highest third of recorded { MID($need) } rates, each with a probability above { $chance }, and beyond reach of every listed site of “{ $access }”: { $names }.
need-access-far-among = { need-access-far-areas } in the highest third of recorded { MID($need) } rates, each with a probability above { $chance }, and beyond reach of every listed site of “{ $access }”. Among them: { $names }.
need-access-far-areas = { $far ->
    [one] { $far } of { $areas } { $plural } of { $area }, with { $residents } residents, is
   *[other] { $far } of { $areas } { $plural } of { $area }, with { $residents } residents, are
}
need-access-comes = { $areas ->
    [one] { $areas } area probably in the highest third has no site known to be in reach: the service comes to people there or helps by phone or online.
   *[other] { $areas } areas probably in the highest third have no site known to be in reach: the service comes to people there or helps by phone or online.
}
need-access-unknown = { $areas ->
    [one] For { $areas } area in the highest third we do not know whether people are reached.
   *[other] For { $areas } areas in the highest third we do not know whether people are reached.
}
need-access-unsure = { $areas ->
    [one] { $areas } area beyond reach of every listed site has a rate in the highest third that may be there by chance: we do not name it.
   *[other] { $areas } areas beyond reach of every listed site have rates in the highest third that may be there by chance: we do not name them.
}
need-access-need-unknown = { $areas ->
    [one] In { $areas } { $singular } need is withheld or not known.
   *[other] In { $areas } { $plural } need is withheld or not known.
}

need-access-caveat-recorded = What is recorded stands for need, and is less than it: where people trust nobody enough to report, both are low.
need-access-caveat-thirds = Thirds are of the areas of this study: a high third here may be low elsewhere.
