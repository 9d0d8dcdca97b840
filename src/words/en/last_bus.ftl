# Who can come by bus and train while a service is open, and be home again?

question-last-bus = Who can come while it is open, and be home again?
last-bus-moment = { $moment ->
    [weekday-day] on weekdays by day
    [weekday-evening] on weekday evenings
    [weekday-noon] on weekdays at noon
    [saturday] on Saturdays
    [bank-holiday] on bank holidays
   *[sunday] on Sundays
}
last-bus-headline = Who can come and return { last-bus-moment }
last-bus-headline-no-way = { SHORT($kind) }: { $share }{ last-bus-of } cannot come { last-bus-moment }
last-bus-of = { $whom ->
    [no-car] {" of carless households"}
    [women] {" of women"}
   *[other] { "" }
}
last-bus-subtitle = { CAPITAL($unit) } who can come by bus, train and on foot while it is open, and be home again, { last-bus-moment }, { $area }
last-bus-unit-no-car = households without a car
last-bus-unit-disabled = disabled people
last-bus-part = { $part ->
    [come] can come and be home again
    [closed] a way there, but closed
    [no-way] open, but no way there and back
    [neither] closed, and no way
   *[not-known] not known
}
last-bus-no-way = { $kind }: { last-bus-moment } { $people } { $unit } ({ $share }) have no way there and back in time while a service is open, on average over the hours.
last-bus-closed = { $kind }: { last-bus-moment } { $people } { $unit } ({ $share }) could come and be home again, but no service is open.
last-bus-not-known = { $kinds ->
    [one] For { $kinds } kind of service the records do not tell opening hours or sites: who can come is not known for some or all.
   *[other] For { $kinds } kinds of service the records do not tell opening hours or sites: who can come is not known for some or all.
}

last-bus-week-headline = { SHORT($kind) }: who can come and return
last-bus-week-subtitle = { CAPITAL($unit) } who can come by bus, train and on foot while it is open, and be home again, by day and hour of arrival, { $area }
last-bus-week-last = { $day ->
    [wednesday] On a Wednesday
   *[sunday] On a Sunday
} the last hour to come in is the one from { $hour }: { $people } { $unit } ({ $share }) can arrive then and be home again.
last-bus-week-not-known = { $hours ->
    [one] For { $hours } hour of the week we do not know who can come.
   *[other] For { $hours } hours of the week we do not know who can come.
}

last-bus-steps-headline = Who can come step-free { last-bus-moment }
last-bus-steps-subtitle = { CAPITAL($unit) } who can come while it is open, and be home again, by stops, buses and trains that the timetable says are step-free, beside all of them, { last-bus-moment }, { $area }
last-bus-steps-fewer = { $kind }: { last-bus-moment } { $people } { $unit } ({ $share }) can come and be home again. By all stops, buses and trains { $whole } ({ $whole_share }) could.
last-bus-steps-not-known = { $kind }: of { $people } { $unit } ({ $share }) we do not know whether they can come { last-bus-moment }, because the timetable, the records or the streets do not tell.

last-bus-map-headline = { SHORT($kind) }: who can come, through the week
last-bus-map-subtitle = { $kind }: whether people can come while it is open, and be home again, on weekdays at noon and in the evening and on Sundays, { $area }
last-bus-map-no-way = { $kind }: { last-bus-moment } { $people } { $unit } ({ $share }) live in areas from which there is no way there and back in most hours in which it is open.

last-bus-caveat-holidays = { $days ->
    [one] Of { $days } bank holiday of the months studied no timetable here speaks: who can come on it is not known.
   *[other] Of { $days } bank holidays of the months studied no timetable here speaks: who can come on them is not known.
}
last-bus-caveat-steps = Step-free is what the timetable says of stops and vehicles. What it does not say is not known, and nobody says whether streets have steps or kerbs.
last-bus-caveat-steps-not-told = The timetable does not say which stops and vehicles can be used without a step: who could come in a wheelchair is not known.
last-bus-caveat-can = They can come where both ways take at most { $each_way } minutes, waiting included, and the service stays open for a visit of { $visit } minutes. What holds for at least half of an hour is told of it.
last-bus-caveat-week = Buses and trains are those of the week of { $day } { $month }.
last-bus-caveat-promised = A timetable is what was promised: some buses are late, and some do not come. That a bus runs does not make the way home safe.
last-bus-caveat-phone = Services that come to people, or help by phone or online, are not asked about here.
