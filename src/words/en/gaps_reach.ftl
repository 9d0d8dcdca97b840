# What the tests of the register of gaps say of what is there, how far, how full and when: who, what was measured, why so sure, what else it could be, and
# what would close or answer it. What was measured follows whom it is about. What would close a gap begins with a verb; in brackets stands who does it.

# existence
gaps-existence-gap = no service of the kind is running, and the plan says that its list is complete
gaps-existence-not-listed = no running service of the kind is listed, which does not mean that there is none
gaps-existence-runs = at least one service of the kind is listed and running
gaps-existence-because = a record says so
gaps-existence-otherwise = A service may be there under another name, or be commissioned by a neighbour, the region or the NHS.
gaps-existence-close = Ask neighbouring authorities and health partners who provides it here; if nobody does, commission it or a share of one (commissioners).
gaps-existence-planned = See that the planned service starts (commissioners).
gaps-existence-formula = no running service of the kind

# distance
gaps-distance-far = no listed site { $within }, and no listed service of the kind comes to them
gaps-distance-wide = no listed site { $within }; a service of this kind often serves a wide area from one place, and the plan does not say how far is too far
gaps-distance-hidden = no site of an open catalogue { $within }; sites of restricted catalogues are not shown to the public
gaps-distance-no-place = a service has a site whose place the catalogue does not give
gaps-distance-near = everybody has a listed site { $within }, or a service that comes to them
gaps-distance-because-wide = the plan gives no distance of its own for this kind of service
gaps-distance-because-complete = the plan says that its list is complete, and chose the distance itself; no other source confirms either
gaps-distance-because-incomplete = a service that is not listed may be nearer
gaps-distance-otherwise-line = People may use a site across the boundary, or be better served by phone; a straight line is shorter than any road.
gaps-distance-otherwise-time = People may use a site across the boundary that is not listed, or be better served by phone; travel times are of one day and one pace.
gaps-distance-close = Compare the result at several distances; then open a further site, bring outreach to these areas or pay for travel (commissioners).
gaps-distance-find = Ask the provider where people are seen, or whether it comes to them, and write it in the catalogue; of a confidential place write that it is one (analyst).
gaps-distance-agree = Agree how far is too far for this kind of service (commissioners).
gaps-distance-formula = the way from the population-weighted centre of the area to the nearest site > the plan’s distance, or minutes

# capacity
gaps-capacity-listed = the catalogue lists { $listed } { $unit }, and the { $status } implies { $asked }
gaps-capacity-share = the { $status } implies { $asked } { $unit } here: a share of a wider service, not a service of its own
gaps-capacity-restricted = the { $status } implies { $asked } { $unit }; what is listed is of a restricted catalogue, and withheld
gaps-capacity-few = the { $status } implies { $asked } { $unit }; numbers of fewer than { $services } confidential services are withheld
gaps-capacity-beside = the { $status } implies { $asked } { $unit }; what confidential services have together is withheld, as another sum stands beside it
gaps-capacity-none = the { $status } implies { $asked } { $unit }; what there is of the kind is not known from this catalogue
gaps-capacity-not-given = the { $status } implies { $asked } { $unit }; the catalogue does not give the capacity of every service in that unit
gaps-capacity-because = the figure is a national or international yardstick, not a measure of need here
gaps-capacity-because-unchecked = the figure has not been checked in the publisher’s own paper
gaps-capacity-otherwise = Capacity may be shared across boundaries, or be counted in another unit. No figure of this kind is a legal requirement in England.
gaps-capacity-ask = Ask providers for their capacity in this unit.
gaps-capacity-close = Check against waiting and turn-away; then fund more capacity, or a share of a neighbour’s (commissioners).
gaps-capacity-formula = people of the denominator / per × figure, beside the capacity of running services in the same unit

# waiting
gaps-waiting-subject = { $kind } ({ $service })
gaps-waiting-who = People waiting for { $service }
gaps-waiting-closed = { $service } is not taking referrals: its list is closed
gaps-waiting-full = { $service } is full, and people wait for it
gaps-waiting-room = { $service } has room
gaps-waiting-waited-for = people wait for { $service }, and its record does not settle whether it has room
gaps-waiting-withheld = we do not know whether { $service } has room: its numbers are of a restricted catalogue, and withheld
gaps-waiting-not-given = the record of { $service } does not say whether it has room
gaps-waiting-days = { $days ->
    [one] { $what }; the record gives a wait of { $days } day
   *[other] { $what }; the record gives a wait of { $days } days
}
gaps-waiting-because = the figures are the provider’s own, rounded where this pack rounds
gaps-waiting-because-unsettled = the numbers of the record do not settle it
gaps-waiting-because-silent = the record does not give the numbers
gaps-waiting-otherwise = People may wait at several services at once, and be counted at each.
gaps-waiting-otherwise-room = Another service of the kind has room: people may not know of it, or it may not be for them.
gaps-waiting-ask-room = Ask the provider whether it can take somebody now, and write the answer in the catalogue: the numbers of the record do not settle it.
gaps-waiting-ask = Ask the provider for its capacity, open cases and people waiting.
gaps-waiting-close = Fund more places (commissioners), shorten waits for those at risk, or offer a way on to another service (the provider).
gaps-waiting-formula = list closed, or open cases ≥ capacity in places while people wait

# hours
gaps-hours-who = People in { $area } who need it at night
gaps-hours-closed = { $services ->
    [one] the one listed service is closed from { $from } to { $to }
   *[other] none of the { $services } listed services is open from { $from } to { $to }
}, when { $share } of timed reports say that people feel unsafe ({ $night } by night, { $day } by day)
gaps-hours-closed-some = { $services ->
    [one] the one listed service is closed from { $from } to { $to }
   *[other] none of the { $services } listed services is open from { $from } to { $to }
}, when some of the timed reports say that people feel unsafe (by night: { $night }; by day: { $day })
gaps-hours-closed-holidays = { $what }; all are closed on bank holidays
gaps-hours-open = open for { $open } of the { $nights } hours of the week’s nights, all listed services together
gaps-hours-not-given = the catalogue does not give the hours of every service of the kind
gaps-hours-closed-no-source = closed at night, and no source says at what hours people need help
gaps-hours-because = the reports are of feeling unsafe in public, and only in part show who needs this service at night
gaps-hours-because-open = the hours are as the records give them, and nobody has rung to check
gaps-hours-because-records = the records do not give all hours
gaps-hours-because-sources = no source of the plan gives the hours of need
gaps-hours-otherwise = A helpline or the police may take calls at night; need by day may be as great among those who cannot report.
gaps-hours-ask = Ask providers for their hours, written as “{ $example }”.
gaps-hours-add = Add a source that gives the hours of reports or of calls for help.
gaps-hours-close = Fund evening or weekend hours at one site, or a night line that hands over in the morning (commissioners).
gaps-hours-formula = no minute open from { $from } to { $to } in any week, all running services together

# last-bus
last-bus-when = { last-bus-moment }
gaps-last-bus-no-way = { $when }, there is no way there and back by bus, train and on foot in at least half of the hours in which it is open (both ways within { $each_way } minutes, for a visit of { $visit } minutes)
gaps-last-bus-way = from every area people can come and be home again in most of the hours in which it is open (both ways within { $each_way } minutes, for a visit of { $visit } minutes)
gaps-last-bus-records = a service does not say when it is open or where it is, or an area is on no street
gaps-last-bus-no-timetable = the plan has no timetable of buses and trains, so we do not know who can come and be home again
gaps-last-bus-subject = Buses and trains
gaps-last-bus-because = a timetable is what was promised, and the minutes are the plan’s own
gaps-last-bus-because-records = the records are silent
gaps-last-bus-because-no-timetable = no source says when anything runs
gaps-last-bus-otherwise = Many people have a car or are driven, or are better served by phone; buses may not run as promised.
gaps-last-bus-close = Fit hours to the buses, pay for taxis, offer appointments by phone, or ask the operator for a later bus (commissioners, transport authority).
gaps-last-bus-ask = Ask each service for its hours and its public address (provider).
gaps-last-bus-add = Add a “timetable” source: the feeds of the operators in GTFS, from the Bus Open Data Service (analyst).
gaps-last-bus-steps-who = { $areas ->
    [one] Disabled people in { $areas } { $singular } of { $area }
   *[other] Disabled people in { $areas } { $plural } of { $area }
}
gaps-last-bus-steps-who-all = Disabled people in { $area }
gaps-last-bus-steps-subject = { $kind } without a step
gaps-last-bus-steps-no-way = { $when }, there is no step-free way there and back by bus, train and on foot in at least half of the hours in which it is open; for people for whom steps do not matter there is one
gaps-last-bus-steps-way = where others can come and be home again, people who need step-free stops, buses and trains can too
gaps-last-bus-steps-not-told = the timetable does not say of some stops, buses or trains whether they are step-free
gaps-last-bus-steps-because = the timetable says which stops, buses and trains are step-free; nobody looked at ramps, streets and doors
gaps-last-bus-steps-otherwise = A stop may have been made step-free since; some disabled people need no ramp, and some need more than that.
gaps-last-bus-steps-close = Ask the transport authority for step-free stops on these lines; until then pay for accessible taxis, or come to people (commissioners).
gaps-last-bus-steps-ask = Ask the operators which stops and vehicles can be used without a step, and for a timetable that says so (analyst).
gaps-last-bus-steps-formula = hours open without a step-free way there and back ≥ hours open with one, in a part of the week, where all stops and vehicles together give a way
gaps-last-bus-formula = hours open without a way there and back ≥ hours open with one, in a part of the week
