# Where do high rates cluster, and is it more than chance?

question-hotspots = Where do high rates cluster, and is it more than chance?
hotspots-headline-withheld = { $label }: too much withheld for hot spots
hotspots-headline-not-known = { $label }: too little known for hot spots
hotspots-headline-none = { $label }: no hot spot beyond chance
hotspots-headline = { $high ->
    [one] { $label }: { $high } hot spot among { $areas } areas
   *[other] { $label }: { $high } hot spots among { $areas } areas
}
hotspots-subtitle = { $label }, rates with those of neighbouring { $plural }, { $area }, { $period }

hotspots-withheld = { $hidden ->
    [one] { $label }: { $hidden } of { $areas } areas is withheld.
   *[other] { $label }: { $hidden } of { $areas } areas are withheld.
} The others are those with more events and make no map, so we do not look for hot spots.
hotspots-missing = { $missing ->
    [one] { $label }: { $missing } of { $areas } areas is missing, which does not mean zero, so we do not look for hot spots.
   *[other] { $label }: { $missing } of { $areas } areas are missing, which does not mean zero, so we do not look for hot spots.
}
hotspots-missing-withheld = { $label }: of { $areas } areas { $missing } are missing, which does not mean zero, and { $withheld } withheld, so we do not look for hot spots.
hotspots-not-known = { $label }: too little is known to look for hot spots.
hotspots-none = No clear hot spot: nowhere in { $area } are rates there and next door higher together than chance explains.
hotspots-high = { $label }: in { $high } of { $tested } { $plural }, rates there and next door are higher than chance explains: { $names }. { hotspots-false-alarms }
hotspots-high-most = { $label }: in { $high } of { $tested } { $plural }, rates there and next door are higher than chance explains. Clearest: { $names }. { hotspots-false-alarms }
hotspots-false-alarms = On average, about { $false_alarms } of flagged areas are false alarms.
hotspots-low = { $low ->
    [one] In { $low } { $singular }, rates there and next door are lower than chance explains.
   *[other] In { $low } { $plural }, rates there and next door are lower than chance explains.
} Low may mean less harm, or harm that nobody reports.

hotspots-map-alike = Over the whole map, areas with similar rates lie next to each other more often than chance explains (Moran’s I { $moran }, { $p }).
hotspots-map-alternates = Over the whole map, high and low areas alternate more than chance explains (Moran’s I { $moran }, { $p }).
hotspots-map-none = Over the whole map there is no clear pattern: similar areas lie next to each other about as often as by chance (Moran’s I { $moran }, { $p }).
hotspots-alone = { $areas ->
    [one] { $areas } of the { $plural } shares no border with another whose rate is known, and is not tested: { $names }.
   *[other] { $areas } of the { $plural } share no border with another whose rate is known, and are not tested: { $names }.
}
hotspots-incomplete = Some months of this period are missing everywhere, so the counts are too low; the comparison between areas still holds.

hotspots-level-none = By a model in which neighbours may be alike, no { $singular } has a rate above { $times } times that of { $area } with a probability of { $chance } or more.
hotspots-level = By a model in which neighbours may be alike, { hotspots-level-areas } above { $times } times that of { $area }, with a probability of { $chance } or more: { $names }.
hotspots-level-most = By a model in which neighbours may be alike, { hotspots-level-areas } above { $times } times that of { $area }, with a probability of { $chance } or more. Clearest: { $names }.
hotspots-level-areas = { $above ->
    [one] the rate of { $above } { $singular } is
   *[other] the rates of { $above } { $plural } are
}

hotspots-caveat-where = A hot spot is where events are recorded. The people whom they happened to may live elsewhere; town centres stand out because people come there.
hotspots-caveat-boundaries = Which areas stand out depends on how the boundaries are drawn, and the rates of neighbours are part of every result.
