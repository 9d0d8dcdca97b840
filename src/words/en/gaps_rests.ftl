# What a verdict rests on: what stands in a record.
gaps-rests-record = { $service }: { $says }
gaps-rests-restricted = the record of a service, restricted
gaps-rests-residents = residents of the areas
gaps-rests-residents-by-age = residents by age
gaps-rests-referrals = referrals, the latest { $months } months
gaps-rests-reports = reports by day and by night, the latest { $months } months
gaps-rests-status = status { $status ->
    [active] active
    [inactive] inactive
    [defunct] defunct
    [temporarily-closed] temporarily closed
   *[unknown] unknown
}
gaps-rests-running = running
gaps-rests-sites = { $sites ->
    [one] { $sites } site
   *[other] { $sites } sites
}
gaps-rests-capacity = capacity { $capacity } { $unit }
gaps-rests-capacity-without-unit = capacity { $capacity }
gaps-rests-capacity-not-given = capacity not given
gaps-rests-waiting = capacity, open cases and people waiting
gaps-rests-waiting-closed = capacity, open cases and people waiting; list closed
gaps-rests-room = has room
gaps-rests-hours = open { $hours } hours a week, { $night } of them from { $from } to { $to }
gaps-rests-hours-not-given = hours not given
gaps-rests-eligibility-not-given = whom it is for is not given
gaps-rests-takes = takes them
gaps-rests-takes-not = does not take them
gaps-rests-takes-some = has a condition of its own
gaps-rests-takes-not-given = does not say
gaps-rests-by-and-for = by and for them
gaps-rests-languages = languages: { $languages }
gaps-rests-access = { $needs }
gaps-rests-remote = by phone or online
gaps-rests-online = online only
gaps-rests-risk = takes this level of risk
gaps-rests-form = takes it on
gaps-rests-contract = contract ends { $day }
gaps-rests-contract-not-given = end of contract not given
gaps-rests-quality = quality mark expired
gaps-rests-checked = last checked { $day }
gaps-rests-never-checked = last checked: not known
gaps-rests-timetable = when buses and trains run
