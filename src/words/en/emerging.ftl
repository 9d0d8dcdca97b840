# Which hot spots are new, and which last?

question-emerging = Which hot spots are new, and which last?
emerging-headline = { $label }: { $emerged ->
    [0] { $lasting } lasting { emerging-spots }, none new
   *[other] { $lasting ->
        [0] { $emerged } new { emerging-new-spots }, none lasting
       *[other] { $emerged } new, { $lasting } lasting hot spots
    }
}
emerging-spots = { $lasting ->
    [one] hot spot
   *[other] hot spots
}
emerging-new-spots = { $emerged ->
    [one] hot spot
   *[other] hot spots
}
emerging-headline-none = { $label }: no new or lasting hot spot
emerging-headline-not-known = { $label }: not known which are new
emerging-subtitle = { $label }: history of each area with its neighbours, { $plural }, { $area }, { $period }

emerging-class = { emerging-class-named }: { $names }.
emerging-class-most = { emerging-class-named }. Clearest in the last month: { $names }.
emerging-class-named = { $class ->
    [new-hot] Hot in the last month and never before ({ $areas })
    [consecutive-hot] Hot in the latest months in a row, and never before ({ $areas })
    [intensifying-hot] Hot in nearly all months and ever more so ({ $areas })
    [persistent-hot] Hot in nearly all months ({ $areas })
    [diminishing-hot] Hot in nearly all months, and less so in the latest ({ $areas })
    [sporadic-hot] Hot off and on, and in the last month ({ $areas })
    [oscillating-hot] Hot in the last month, and cold before ({ $areas })
    [historical-hot] Hot in nearly all months, but not in the last ({ $areas })
    [new-cold] Cold in the last month and never before ({ $areas })
    [consecutive-cold] Cold in the latest months in a row, and never before ({ $areas })
    [intensifying-cold] Cold in nearly all months and ever more so ({ $areas })
    [persistent-cold] Cold in nearly all months ({ $areas })
    [diminishing-cold] Cold in nearly all months, and less so in the latest ({ $areas })
    [sporadic-cold] Cold off and on, and in the last month ({ $areas })
    [oscillating-cold] Cold in the last month, and hot before ({ $areas })
   *[historical-cold] Cold in nearly all months, but not in the last ({ $areas })
}
emerging-none = None of { $areas } { $plural } has a history of hot or cold months beyond chance.
emerging-not-known = { $label }: too little is known to look at the history of areas.
emerging-false-alarms = On average, about { $share } of the hot and cold months of areas are false alarms.
emerging-missing = { $areas ->
    [one] The history of { $areas } area is not known: a month of it is missing, or it has no neighbour.
   *[other] The histories of { $areas } areas are not known: a month of each is missing, or it has no neighbour.
}
emerging-since-break = Recording changed in { $month }: only months since then are looked at.

emerging-caveat-where = Hot is where more is recorded for the residents than elsewhere; the people whom it happened to may live elsewhere. Cold may mean less harm, or harm that nobody reports.
emerging-caveat-history = The rates of neighbours are part of every result, and which areas stand out depends on how boundaries are drawn. Each month is compared with the same month elsewhere.
