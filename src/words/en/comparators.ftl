# How do rates compare with similar areas?

question-comparators = How do rates compare with similar areas?
comparators-headline = { $areas ->
    [one] { $label }: { $rate } per { $per }, beside { $areas } area
   *[other] { $label }: { $rate } per { $per }, beside { $areas } areas
}
comparators-headline-none = { $label }: no other area can be compared
comparators-headline-not-known = { $label }: our own rate is not known
comparators-subtitle = { $label } per { $per } { $people }, { $area } and other areas, { $period }

comparators-own = { $label } in { $area }: { $rate } per { $per } { $people } { $interval }.
comparators-not-known = { $label }: the rate of { $area } is not known for months that another area has, so nothing is compared.
comparators-beside = { $said ->
    [lower] Rates that are lower than ours, with limits that do not meet: { $names }.
    [higher] Rates that are higher than ours, with limits that do not meet: { $names }.
    [alike] No clear difference, as limits meet: { $names }.
    [months] Not compared, as the months are others: { $names }.
    [definition] Not compared, as they are counted from another source, or it is not said from which: { $names }.
    [people] Not compared, as they are per other people: { $names }.
    [standardised] Not compared, as they are standardised: { $names }.
   *[not-known] Not compared, as a rate or its limits are not known: { $names }.
}

comparators-caveat-recorded = More recorded is not more harm: areas differ in what is reported and how it is recorded, in age, and in who comes in. No order of areas is meant.
comparators-caveat-limits = Limits are those of chance alone. A region or a country holds the area that is compared with it.
