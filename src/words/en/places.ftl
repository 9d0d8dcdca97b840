# Where, when and why do people feel unsafe in public?

question-places = Where, when and why do people feel unsafe in public?
places-headline-reason = “{ $reason }” is named most often
places-headline-reason-alike = No single main reason: the first { $first } are alike
places-headline-reasons = Why people feel unsafe in public
places-subtitle-reasons = Reports of feeling unsafe in public by reason, { $area }, { $period }
places-reason = People made { $total ->
    [one] { $total } report
   *[other] { $total } reports
} in { $area } in { $period }. The reason given most often was { MID($reason) } ({ $count ->
    [one] { $count } report
   *[other] { $count } reports
}), clearly more than any other at the { $level } level.
places-reason-alike = People made { $total ->
    [one] { $total } report
   *[other] { $total } reports
} in { $area } in { $period }. The reasons given most often are too close to rank, at the { $level } level: { $names }{ $more ->
    [0] .
   *[other] {""} and { $more } more.
}
places-reason-none = { $total ->
    [0] No report was made in { $area } in { $period }.
    [one] People made { $total } report in { $area } in { $period }. That is too few to say which reason was given most often.
   *[other] People made { $total } reports in { $area } in { $period }. The counts are too small to say which reason was given most often.
}
places-reason-one = { MID($reason) } ({ $count })

places-headline-night = { $share } of timed reports are about the night
places-headline-times = Reports by day and by night
places-subtitle-times = Reports of feeling unsafe in public by time of day, { $area }, { $period }
places-night = Of the reports with a time, { $share } were about the night, { $from } to { $to } { $interval }.

places-headline-areas = Where people report feeling unsafe
places-subtitle-areas = Reports of feeling unsafe in public, counts, { $plural }, { $area }, { $period }
places-withheld = { $withheld } of { $areas } { $plural } had too few reports to show.
places-unlocated = { $reports ->
    [one] { $reports } report has no known location.
   *[other] { $reports } reports have no known location.
}

places-meaning-rise = A rise may mean that places feel less safe, or that more people know how to report.
places-subtitle-months = { $label }, each month, { $area }, { $period }

places-caveat = Anyone may report and most people do not: numbers follow campaigns and awareness as much as safety. They are not crimes, not a sample, and give no rate of risk.

places-label = Reports of feeling unsafe in public
