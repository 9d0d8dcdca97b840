# Is it changing, or is it noise?

question-trend = Is it changing, or is it noise?
trend-subtitle = { $label }, { $unit } each month, { $area }, { $period }

trend-headline-line = { $label }: { trend-going } about { $size } a year
trend-headline-step = { $label }: about { $size } { trend-side } since { $month }
trend-headline-step-and-line = { $label }: { $size } { trend-side } since { $month }, { trend-course }
trend-headline-bend = { $label }: { trend-going } { $size } monthly since { $month }
trend-headline-bend-over = { $label }: no longer { trend-going } since { $month }
trend-headline-flat = { $label }: no clear change
trend-headline-flat-since = { $label }: no clear change since { $since }
trend-headline-flat-outside = { $label }: no steady change; { $months ->
    [one] { $months } { trend-outside-short } month
   *[other] { $months } { trend-outside-short } months
}
trend-headline-flat-outside-since = { $label }: { $months ->
    [one] { $months } { trend-outside-short } month since { $since }
   *[other] { $months } { trend-outside-short } months since { $since }
}
trend-outside-short = { $side ->
    [up] high
    [down] low
   *[both] unusual
}
trend-headline-unusual = { $label }: { $change ->
    [rising] rising to { $month }
    [falling] falling to { $month }
    [above] above its average for many months
    [below] below its average for many months
    [near-top] near upper limit in { $month }
    [near-bottom] near lower limit in { $month }
    [higher] higher than usual in { $month }
   *[lower] lower than usual in { $month }
}
trend-headline-withheld = { $label }: not known, months are withheld
trend-headline-too-few = { $label }: too few months to judge
trend-headline-rare = { $label }: too rare to judge monthly

trend-going = { $direction ->
    [up] rising
   *[down] falling
}
trend-course = { $course ->
    [up] rising
   *[down] falling
}
trend-side = { $direction ->
    [up] higher
   *[down] lower
}
trend-grown = { $direction ->
    [up] risen
   *[down] fallen
}

trend-onset = { $month }
trend-onset-between = { $month } (between { $first } and { $last })

trend-line = Allowing for season and month length, the monthly count has { trend-grown } by about { $size } a year { $interval } since { $since }.
trend-besides = Besides, it has { trend-grown } by about { $size } a year { $interval } since { $since }.
trend-step = Allowing for season and month length, the monthly count shifted around { $onset } and has been about { $size } { trend-side } since { $interval }.
trend-levels = That is around { $after } a month since then, and around { $before } before.
trend-bend = Allowing for season and month length, the monthly count changed course around { $onset }. { $after } { $before }
trend-bend-after = Since then it has { trend-grown } by about { $size } a month { $interval }.
trend-bend-before = Before, it had { trend-grown } by about { $size } a month { $interval }.
trend-bend-before-unclear = Before, it had no clear course { $interval }.
trend-reading = No known break in recording explains it: check whether recording changed before reading it as a change in harm.

trend-flat-steady = No clear change: since { $since } the monthly count has varied around { $around }, within the usual range of { $usual }.
trend-flat = No clear change: since { $since } the monthly count has varied around { $around } (usual range { $usual }).
trend-unusual = { $change ->
    [rising] The monthly count rose in the months to { $month }, to { $count }
    [falling] The monthly count fell in the months to { $month }, to { $count }
    [higher] The monthly count was higher than usual in { $month }: { $count }
    [above] The monthly count has stayed above the average for many months, to { $count } in { $month }
    [below] The monthly count has stayed below the average for many months, to { $count } in { $month }
    [near-top] The monthly count was close to its upper limit in most of the months to { $month }: { $count }
    [near-bottom] The monthly count was close to its lower limit in most of the months to { $month }: { $count }
   *[lower] The monthly count was lower than usual in { $month }: { $count }
}, where the usual range is { $usual }. Since { $since } it has varied around { $around }; the series as a whole shows no clear change.
trend-range = { $lower } to { $upper }
trend-range-for-month = { $lower } to { $upper } in { $month }
trend-provisional = This range is provisional: it rests on few months.

trend-outside = Outside the usual range since { $since }: { $months }.
trend-outside-month = { $direction ->
    [up] { $month } (high)
   *[down] { $month } (low)
}
trend-runs = { $months ->
    [one] { $months } month since { $since } was within the range, but in a run: above or below the average, close to a limit, or rising or falling throughout.
   *[other] { $months } months since { $since } were within the range, but in a run: above or below the average, close to a limit, or rising or falling throughout.
}
trend-outside-many = { $months } months since { $since } were outside the usual range, as the chart shows.

trend-withheld = { $withheld ->
    [one] { $withheld } of the { $months } months since { $since } is withheld.
   *[other] { $withheld } of the { $months } months since { $since } are withheld.
} The others are the higher ones, so the average and the usual range are not known.
trend-too-few = { $known ->
    [0] No month is known since { $since }
    [one] Only { $known } month is known since { $since }
   *[other] Only { $known } months are known since { $since }
}: too few to tell a change from noise ({ $needed } are needed).
trend-scattered = { $missing } of the { $months } months since { $since } are missing: the others are too scattered to say what is usual.
trend-rare = Fewer than { $least } { $unit } a month were counted in the { $months } months since { $since }: with so few, neither a month nor a run of months can be told from chance.

trend-year = { $area } counted { $count } { $unit } in the { $months } months { $period }.
trend-years = { $area } counted { $count } { $unit } in the { $months } months { $period }, and { $before } in the { $months } months before.
trend-season = Counts are usually highest around { $highest }, about { $size } above the average, and lowest around { $lowest } ({ $p }).
trend-forecast = If patterns continue, the count will be { $months }. Each range should hold { $level } of such months; none allows for new action.
trend-forecast-month = about { $value } in { $month } (between { $lower } and { $upper })
trend-no-forecast = We give no forecast: what changed in { $month } is too recent to carry forward.
trend-no-forecast-wide = We give no forecast: the counts vary so much from month to month that a forecast would have a wider range than the months so far.
trend-break = Recording changed in { $month }: { $what }. We do not compare across it.
trend-missing = No data for { $months }: not counted as zero.

trend-caveat-length = Months differ in length by up to a tenth; counts are not adjusted for it.
trend-caveat-signal = A signal says that a month is outside the usual range of this series, or in a run that chance seldom makes. It does not say why.

trend-method = counts a day by quasi-Poisson regression: season, and a flat, straight, bent or stepped course by BIC with months correlated
