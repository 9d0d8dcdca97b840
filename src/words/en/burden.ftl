# How much is recorded, where, and how sure can we be?

question-burden = How much is recorded, where, and how sure can we be?
# By area.
burden-ranks = By chance alone, { $first } of { $areas } { $plural } may have the highest rate: do not read their order as a ranking.
burden-ranks-all = Any of the { $areas } { $plural } may have the highest rate by chance alone: do not read their order as a ranking.
burden-headline-not-known = { $label }: not known by area
burden-headline-untold = { $label }: not known which areas stand out
burden-headline-none = { $label }: no area is clearly higher
burden-headline-none-shown = { $label }: no area shown clearly higher
burden-headline-as-chance = { $label }: no more stand out than chance
burden-headline-above = { $above ->
    [one] { $label }: { $above } of { $areas } areas clearly higher
   *[other] { $label }: { $above } of { $areas } areas clearly higher
}
burden-headline-months = { $covered ->
    [0] { $headline } (no month is there for every area)
    [one] { $headline } ({ $covered } of { $months } months)
   *[other] { $headline } ({ $covered } of { $months } months)
}
burden-subtitle = { $label } per { $per } { $people }, { $plural }, { $period }

burden-total = { $label }: { things-counted } in { $area } in { $period }.
burden-total-rate = { $label }: { things-counted } in { $area } in { $period }, or { $rate } per { $per } { $people } { $interval }.
burden-apart-not-known = We do not know which { $plural } differ from the whole area: too much is withheld or not known.
burden-apart-none = No { $singular } differs clearly from the whole area: all vary as areas of their size do by chance.
burden-apart-none-varied = No { $singular } stands clearly apart from the whole area: { $plural } do differ by more than chance explains, with { $times } times its variance, and the limits for each allow for that.
burden-apart-none-shown = { $hidden ->
    [one] No { $singular } that is shown differs clearly from the whole area; for { $hidden } { $singular } we do not know.
   *[other] No { $singular } that is shown differs clearly from the whole area; for { $hidden } { $plural } we do not know.
}
burden-apart = The rate is clearly higher than that of the whole area in { burden-so-many-above }, and clearly lower in { burden-so-many-below }, of { $areas } { $plural }.
burden-apart-shown = The rate is clearly higher than that of the whole area in { burden-so-many-above }, and clearly lower in { burden-so-many-below }, of { $areas } { $plural } that are shown.
burden-so-many-above = { $above ->
    [0] none
   *[other] { $above }
}
burden-so-many-below = { $below ->
    [0] none
   *[other] { $below }
}
burden-by-chance = If { $plural } differed at random, as much as most of these do, about { $areas } would differ this clearly.
burden-varied = { CAPITAL($plural) } differ by more than chance explains, with { $times } times its variance, and the limits for each allow for that.

burden-second-people = No number of people is known for the second denominator, { $group }.
burden-second-not-known = We do not know whether the order of the areas depends on the denominator: too many are withheld or not known.
burden-second-same = By { $group } instead of { $people }, no area’s rank moves by more than a tenth of all areas.
burden-second-moves = By { $group } instead of { $people }, { $areas ->
    [one] the rank of { $areas } area moves
   *[other] the ranks of { $areas } areas move
} by more than a tenth of all areas: { $names }. What is said of them depends on the denominator.
burden-second-moves-most = By { $group } instead of { $people }, { $areas ->
    [one] the rank of { $areas } area moves
   *[other] the ranks of { $areas } areas move
} by more than a tenth of all areas, most of all { $names }. What is said of them depends on the denominator.

burden-no-areas = The source does not say in which { $singular } they lie, so no area is shown as having none.
burden-missing = { $areas ->
    [one] { $areas } area is missing, which does not mean zero: its police force published nothing for some or all of these months.
   *[other] { $areas } areas are missing, which does not mean zero: their police force published nothing for some or all of these months.
}
burden-source-withholds = In { $some } of { $areas } { $plural } the source withholds a part of the counts: we give no count and no rate there, nor for the whole area.
burden-source-leaves-out = In { $some } of { $areas } { $plural } the source does not give a part of the counts: we give no count and no rate there, nor for the whole area.
burden-source-bounds = By the bounds that the source gives, the counts lie between these: { $ranges }.
burden-source-range = { $place } { $low } to { $high }

# By category.
burden-categories-headline = { CAPITAL($unit) }, by category
burden-categories-headline-largest = { $category } is the largest category
burden-categories-headline-alike = No single largest category: the first { $first } are alike
burden-categories-subtitle = { $topic ->
    [incidents] Recorded incidents by category, { $area }, { $period }
    [referrals] Referrals by category, { $area }, { $period }
   *[reports] Reports by category, { $area }, { $period }
}
burden-categories-total = In { $period }, { things-counted } in { $area }.
burden-categories-largest = In { $period }, { things-counted } in { $area }; { MID($category) } made up { $share } of them, clearly more than any other at the { $level } level.
burden-categories-alike = In { $period }, { things-counted } in { $area }. The largest categories are too close to rank, at the { $level } level: { $names }{ $more ->
    [0] .
   *[other] {""} and { $more } more.
}
burden-categories-one = { MID($category) } ({ $count })

# By area and period.
burden-periods-headline = { $label }: counts by period
burden-periods-subtitle = { $label }, counts, { $plural }
burden-periods-break = These periods are not all comparable: { $what }, from { $month }. We do not compare across it.

burden-caveat-recorded = Recorded incidents are not prevalence: most violence against women and girls is never reported, and recording differs between forces and over time.
burden-caveat-referrals = Referrals are not need: they follow what is known, trusted and open. The same person may be referred several times, and to several services.
burden-caveat-shared-out = Some events carried a code that was split between vintages, and no point; they were shared out by residents.
