# What each test of the register of gaps says: who, what was measured, why so sure, what else it could be, and what would close or answer it.
# What was measured follows whom it is about. What would close a gap begins with a verb; in brackets stands who does it.

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
gaps-distance-agree = Agree how far is too far for this kind of service, and write it into the plan as reach-m-by-type (commissioners).
gaps-distance-formula = the way from the population-weighted centre of the area to the nearest site > the plan’s distance, or minutes

# capacity
gaps-capacity-listed = the catalogue lists { $listed } ({ $unit }), and the { $status } implies { $asked }
gaps-capacity-share = the { $status } implies { $asked } { $unit } here: a share of a wider service, not a service of its own
gaps-capacity-restricted = the { $status } implies { $asked } { $unit }; what is listed is of a restricted catalogue, and withheld
gaps-capacity-few = the { $status } implies { $asked } { $unit }; numbers of fewer than { $services } confidential services are withheld
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
gaps-waiting-waited-for = people wait for { $service }, and its record does not say whether it has room
gaps-waiting-withheld = we do not know whether { $service } has room: its numbers are of a restricted catalogue, and withheld
gaps-waiting-not-given = the record of { $service } does not say whether it has room
gaps-waiting-days = { $days ->
    [one] { $what }; the record gives a wait of { $days } day
   *[other] { $what }; the record gives a wait of { $days } days
}
gaps-waiting-because = these are the provider’s own figures
gaps-waiting-because-silent = the record does not give the numbers
gaps-waiting-otherwise = People may wait at several services at once, and be counted at each.
gaps-waiting-otherwise-room = Another service of the kind has room: people may not know of it, or it may not be for them.
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
gaps-hours-ask = Ask providers for their hours, written as `{ $example }`.
gaps-hours-add = Add a source that gives the hours of reports or of calls for help.
gaps-hours-close = Fund evening or weekend hours at one site, or a night line that hands over in the morning (commissioners).
gaps-hours-formula = no minute open from { $from } to { $to } in an ordinary week, all running services together

# eligibility
gaps-eligibility-aged = { $group ->
    [aged-between] people aged { $from } to { $to }
   *[aged-from] people aged { $from } and over
}
gaps-eligibility-group = { $group ->
    [no-recourse] people without recourse to public funds
    [substance-use] people who use drugs or alcohol
    [mental-health] people with mental health needs
    [trans] trans people
   *[men] men
}
gaps-eligibility-closed = not taken by { $closed }, nor by any other listed service of the kind
gaps-eligibility-conditional = not taken by { $closed }; { $conditional } may take some of them, under a condition
gaps-eligibility-left-out = not taken by { $closed }; we do not know about { $silent }, whose records do not say
gaps-eligibility-and-condition = { $what }; { $conditional } may take some of them, under a condition
gaps-eligibility-not-given = no record says whom it is for
gaps-eligibility-none = as far as the records say, no group that we looked for is left out by every service
gaps-eligibility-because-fields = the fields of the records say so
gaps-eligibility-because-words = it is read from the words of the record, and the provider has not been asked
gaps-eligibility-because-none = records may not say what is asked at the door
gaps-eligibility-otherwise = A service for one group can be lawful and needed; those left out may be served under another kind of service.
gaps-eligibility-ask = Ask { $services } whether { $group } are taken, and under which condition.
gaps-eligibility-ask-all = Ask providers for ages, sex, recourse to public funds and any other condition.
gaps-eligibility-close = Open one service to { $group }, or commission one for them (commissioners and providers).
gaps-eligibility-formula = at least one running service leaves the group out, and none takes it, with or without a condition

# by-and-for
gaps-by-and-for-group = { $group ->
    [black-and-minoritised] Black and minoritised women
    [lgbt] LGBT+ people
    [deaf] Deaf people
    [disabled] disabled people
    [older] older people
    [faith] people of a faith
   *[migrant] migrant women
}
gaps-by-and-for-gap = no service run by and for { $group } is running, and the plan says that its list is complete
gaps-by-and-for-not-known = no service run by and for { $group } is listed
gaps-by-and-for-none = a service run by and for them is listed
gaps-by-and-for-otherwise = One may work across a region, or not be commissioned and so not be listed: many are not funded by councils.
gaps-by-and-for-close = Ask regional by-and-for organisations what reaches people here, and fund a share of one (commissioners).
gaps-by-and-for-ask = Ask regional by-and-for organisations what reaches people here, and list it.
gaps-by-and-for-formula = no running service marked by and for the group

# language
gaps-language-subject = Languages other than English
gaps-language-who = People in { $area } who do not speak English well
gaps-language-offered = { $offering ->
    [one] { $offering } of { $services } services offers another language or an interpreter
   *[other] { $offering } of { $services } services offer another language or an interpreter
}
gaps-language-gap = { $services ->
    [one] the one listed service lists English only, and names no interpreter
   *[other] all { $services } services list English only, and none names an interpreter
}
gaps-language-not-known = { $silent ->
    [one] no record names another language or an interpreter, and { $silent } of { $services } names no language at all
   *[other] no record names another language or an interpreter, and { $silent } of { $services } name no language at all
}
gaps-language-because = records seldom say which interpreters are at hand
gaps-language-otherwise = Most services can book an interpreter by phone without saying so in a directory.
gaps-language-close = Ask each provider for languages and interpreters, write the answers into the catalogue, and compare them with the languages spoken here.
gaps-language-formula = no running service with a language other than English or an interpreter

# physical-access
gaps-physical-access-subject = { $feature ->
    [step-free] Step-free sites
   *[bsl] British Sign Language
}
gaps-physical-access-who = Disabled and Deaf people in { $area }
gaps-physical-access-there = { $with ->
    [one] { $with } of { $services } services says that it has it
   *[other] { $with } of { $services } services say that they have it
}
gaps-physical-access-gap = { $services ->
    [one] the one listed service does not say that it has it
   *[other] none of { $services } services says that it has it
}
gaps-physical-access-not-known = { $silent ->
    [one] { $silent } of { $services } records says nothing about access
   *[other] { $silent } of { $services } records say nothing about access
}
gaps-physical-access-because = it is what providers say of themselves
gaps-physical-access-otherwise = A site may be step-free without saying so.
gaps-physical-access-close = Ask each provider, and visit one site in { $of } to see for yourself.
gaps-physical-access-formula = no running service whose record names it

# digital
gaps-digital-subject = Help by phone or online
gaps-digital-remote = { $services ->
    [one] { $services } service helps by phone or online
   *[other] { $services } services help by phone or online
}
gaps-digital-not-known = no record says that help is given by phone or online
gaps-digital-because = national helplines are there for everybody, whether or not the catalogue lists them
gaps-digital-list = List the national helplines, and what is local beside them.
gaps-digital-formula = no running service delivered by phone or online
gaps-digital-who = People without a safe device or connection
gaps-digital-gap = every listed service of the kind is online only
gaps-digital-because-record = delivery is as the record gives it
gaps-digital-otherwise = Staff may ring people back who ask for it.
gaps-digital-close = Offer a phone number beside the screen (providers).
gaps-digital-formula-screen = every running service of the kind is delivered online and in no other way

# pathway
gaps-pathway-stage = { $stage ->
    [prevent] Prevention
    [identify] Identifying and training
    [report] Reporting outside the police
    [crisis] Help in a crisis
    [support] Support afterwards
    [recovery] Recovery
   *[perpetrator] Work with perpetrators
}
gaps-pathway-there = there is this: { $kinds }
gaps-pathway-gap = no service of this stage is running, and the plan says that its list is complete
gaps-pathway-not-listed = the catalogue lists nothing running of this stage
gaps-pathway-otherwise = Schools, the police and the NHS do some of this without a contract.
gaps-pathway-close = Find out who does it here, and commission what nobody does before demand at the next stage grows (commissioners).
gaps-pathway-formula = no kind of service of the stage has a running service

# risk
gaps-risk-subject = { $risk ->
    [high] High risk
   *[standard-and-medium] Standard and medium risk
}
gaps-risk-who = { $risk ->
    [high] People in { $area } at high risk
   *[standard-and-medium] People in { $area } at standard and medium risk
}
gaps-risk-there = { $services ->
    [one] { $services } service is for them, by its record or its kind
   *[other] { $services } services are for them, by their records or their kind
}
gaps-risk-gap = no listed service is for them, and the plan says that its list is complete
gaps-risk-not-listed = no listed service is for them
gaps-risk-because = few records name a level of risk, and the rest is taken from the kind of service
gaps-risk-otherwise = A service for all may not name levels of risk.
gaps-risk-close = Ask each provider from which level of risk it takes people, and what it offers the others.
gaps-risk-formula = no running service of direct help names the level, or by its kind is for it

# form
gaps-form-who = Survivors of { $form }
gaps-form-named = a service names it, or by its kind is for it
gaps-form-gap = no service for it is running, and the plan says that its list is complete
gaps-form-not-named = no listed service names it
gaps-form-because = records seldom name every form of violence that a service takes on
gaps-form-otherwise = A general service may take it on without naming it; a national service may be the right one.
gaps-form-close = Ask each provider which forms of violence it takes on, and where it sends people for the rest.
gaps-form-formula = no running service names the form, or by its kind is for it

# sustainability
gaps-sustainability-who = People who use it now
gaps-sustainability-ends-by = { $months ->
    [one] every contract ends by { $day }, within { $months } month
   *[other] every contract ends by { $day }, within { $months } months
}
gaps-sustainability-ends = { $months ->
    [one] every contract ends within { $months } month
   *[other] every contract ends within { $months } months
}
gaps-sustainability-one-funder = { $what }, and each has one funder
gaps-sustainability-not-known = { $silent ->
    [one] { $silent } of { $records } records gives no end of the contract, and no other goes on for longer
   *[other] { $silent } of { $records } records give no end of the contract, and no other goes on for longer
}
gaps-sustainability-longer = at least one contract goes on for longer
gaps-sustainability-because-silent = the records give no dates
gaps-sustainability-otherwise = An extension may be agreed and not yet be in the catalogue.
gaps-sustainability-ask = Ask commissioners for the last day of each contract.
gaps-sustainability-close = Decide before the notice period, and tell staff and the people who use it (commissioners).
gaps-sustainability-formula = last day of the contract of every running service ≤ the day looked at + the months ahead

# quality
gaps-quality-subject = Quality marks
gaps-quality-who = People who use it
gaps-quality-mark = the quality mark
gaps-quality-lapsed = { $mark } of { $service } expired on { $day }
gaps-quality-lapsed-some-day = { $mark } of { $service } has expired
gaps-quality-otherwise-lapsed = A renewal may be under way.
gaps-quality-close = Ask the provider for the date of its next assessment.
gaps-quality-formula-lapsed = last day of the quality mark < the day looked at
gaps-quality-marks = { $marked ->
    [one] { $marked } of { $records } records names a quality mark
   *[other] { $marked } of { $records } records name a quality mark
}
gaps-quality-because = a mark that is not recorded may still be held
gaps-quality-otherwise = Small by-and-for services often cannot pay for an assessment.
gaps-quality-ask = Ask each provider for its marks (Leading Lights, the Women’s Aid, Imkaan, Rape Crisis, Respect and DAHA standards) and their dates.
gaps-quality-formula = records of direct help with a quality mark / all of them

# awareness
gaps-awareness-subject = Referrals beside estimated need
gaps-awareness-referrals = { $referrals ->
    [one] { $referrals } referral was counted in { $period }; no standard says how many are enough
   *[other] referrals counted in { $period }: { $referrals }; no standard says how many are enough
}
gaps-awareness-referrals-incomplete = referrals counted in { $period }, in which months are missing: { $referrals }; no standard says how many are enough
gaps-awareness-none = no source of the plan gives referrals or people who use services
gaps-awareness-because = referrals are not people, and estimated need is an estimate
gaps-awareness-because-none = there is nothing to compare with estimated need
gaps-awareness-otherwise = Few referrals can mean little need, little trust, a service that people do not know of, or help found elsewhere; one person may be referred several times.
gaps-awareness-compare = Compare areas and groups (`burden` and its funnel): where referrals are low and estimated need is not, ask people why.
gaps-awareness-ask = Ask providers for referrals by month, ward, age and ethnic group; read them with `topic = "referrals"`.
gaps-awareness-formula = referrals of the latest { $months } months, beside women aged { $age } and over × the share that surveys find in a year

# evidence
gaps-evidence-subject = Records checked within a year
gaps-evidence-who = Everybody who relies on this catalogue
gaps-evidence-no-catalogue = the plan has no catalogue of services
gaps-evidence-fresh = { $records ->
    [one] the one record was checked within a year
   *[other] all { $records } records were checked within a year
}
gaps-evidence-stale = { $stale ->
    [one] { $stale } of { $records } records was last checked over a year ago, or does not say when
   *[other] { $stale } of { $records } records were last checked over a year ago, or do not say when
}
gaps-evidence-otherwise = A record may be right without having been checked.
gaps-evidence-close = Ring these providers, and write the day into the catalogue.
gaps-evidence-formula = records whose last check is missing or over { $months } months before the day looked at

# Tests that had nothing to look at.
gaps-unlooked-subject = Services that are not listed
gaps-unlooked-measured = the catalogue lists no running service that this test could look at
gaps-unlooked-otherwise = A service may be there and not be listed.
gaps-unlooked-close = List the services that there are, with their sites, hours, capacity and whom they are for.
gaps-unlooked-formula = no running service of any kind that the test asks about

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
