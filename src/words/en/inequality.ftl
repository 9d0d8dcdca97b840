# Is more recorded in deprived areas?

question-inequality = Is more recorded in deprived areas?
inequality-headline-more = { $label }: { $times } times as high where deprived
inequality-headline-more-line = { $label }: higher in more deprived areas
inequality-headline-less = { $label }: lower in more deprived areas
inequality-headline-none = { $label }: no clear link with deprivation
inequality-headline-hangs = { $label }: deprivation link hangs on an area
inequality-headline-too-few = { $label }: too few to judge deprivation
inequality-headline-too-wide = { $label }: link with deprivation not clear
inequality-headline-not-known = { $label }: too little shown to judge deprivation
inequality-headline-months = { $covered ->
    [0] { $headline } (no month is there for every area)
    [one] { $headline } ({ $covered } of { $months } months)
   *[other] { $headline } ({ $covered } of { $months } months)
}
inequality-subtitle = { $label } per { $per } { $people } by deprivation, { $area }, { $period }

inequality-fifths = { $label }: the most deprived fifth of areas in { $area } recorded { $most } per { $per } { $people }, the least deprived { $least }.
inequality-line = A line through all areas is { $times } times as high at its most deprived end as at its least deprived end { $interval }.
inequality-more = The interval allows for areas that differ for other reasons, and does not include an equal rate.
inequality-less = Its interval allows for areas that differ for other reasons. It is lower where areas are more deprived, where more people may stay silent.
inequality-none = No clear link between { MID($label) } and deprivation.
inequality-none-why = Areas differ more for other reasons.
inequality-hangs = Without { $area } there would be no clear link: we do not call it beyond chance.
inequality-too-few = Too few to tell whether { MID($label) } follows deprivation: at least { $events } events in at least { $areas } areas are needed.
inequality-too-wide = Whether { MID($label) } follows deprivation cannot be told: the numbers fit almost any answer.
inequality-not-known = Too little is shown to judge a link with deprivation.
inequality-concentration = Concentration index { $index } (from { $lowest } to { $highest }; below { $even }, more deprived areas have more than their share).
inequality-missing = { $areas ->
    [one] { $areas } area is missing, which does not mean zero, and left out, with its residents.
   *[other] { $areas } areas are missing, which does not mean zero, and left out, with their residents.
}
inequality-left-out = { $areas ->
    [one] { $areas } area is withheld and left out, with its residents.
   *[other] { $areas } areas are withheld and left out, with their residents.
}

inequality-caveat-areas = A pattern between areas need not hold for the people in them.
inequality-caveat-rank = Areas are ranked among those of this study, by their rank in the Indices of Deprivation.
