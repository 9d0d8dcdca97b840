# How concentrated is it?

question-concentration = How concentrated is it?
concentration-headline-more = { $label }: { $top } of areas hold { $share }
concentration-headline-chance = { $label }: as concentrated as chance makes it
concentration-headline-less = { $label }: more even than chance
concentration-headline-too-few = { $label }: too few to tell
concentration-headline-not-known = { $label }: too little known to tell
concentration-subtitle = { $label }: share of events by share of areas, { $plural }, { $area }, { $period }

concentration-shares = { $label }: half of the { $events } recorded lie in { $half } of the { $plural }, and { $share } in the { $top } with most.
concentration-chance = { $basis ->
    [residents] If the risk were the same for every resident, chance alone would put { $lower } to { $upper } there, and half in { $half_lower } to { $half_upper } of areas
   *[areas] If all areas were alike, chance alone would put { $lower } to { $upper } there, and half in { $half_lower } to { $half_upper } of areas
}{ $said ->
    [more] : it is more concentrated than chance.
    [less] : it is more even than chance.
   *[chance] : the concentration is no more than chance.
}
concentration-lasting = Without the chance that few events bring, about { $share } of what is to be expected falls to the { $top } of areas with the highest ({ $level } confidence interval { $lower } to { $upper }).
concentration-few-areas = A few areas hold even more than rates that vary like these would give ({ $lower } to { $upper }): look at what is particular to them.
concentration-kept = The { $top } of areas with most in { $before } held { $was } then and { $now } in { $later }. { $kept ->
    [kept] Were each area’s rate drawn anew, it would be { $lower } to { $upper }: the same areas tend to stay on top.
   *[not-clear] Were each area’s rate drawn anew, it would be { $lower } to { $upper }: it is not clear that the same areas stay on top.
}
concentration-left-out = { $areas ->
    [one] { $areas } area takes no part: its count is not known, or nobody lives there.
   *[other] { $areas } areas take no part: their counts are not known, or nobody lives there.
}
concentration-too-few = { $label }: fewer than { $events } are recorded, too few to tell whether they are concentrated.
concentration-not-known = { $label }: too little is known by area to tell how concentrated it is.

concentration-caveat-where = Chance deals events out by residents. Town centres have more visitors than residents: that more is recorded there need not mean more risk for each person.
concentration-caveat-areas = Areas of a similar number of residents differ in size, and what is concentrated within an area is not seen.
