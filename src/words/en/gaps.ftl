# What is missing, for whom, and how sure can we be? The register, who is reached, from need to help, and the records. The tests of the register
# stand in gaps_reach.ftl, gaps_who.ftl and gaps_quality.ftl.

question-gaps = What is missing, for whom, and how sure are we?
# Pieces. What was found is a clause without a full stop that follows whom it is about: “People in 12 wards: no listed site within 3 km”.
gaps-day = { $day } { $month }
gaps-who = { CAPITAL($group) }
gaps-who-everybody = Everybody in { $area }
gaps-who-areas = { $areas ->
    [one] People in { $areas } { $singular } of { $area }
   *[other] People in { $areas } { $plural } of { $area }
}
gaps-service-unnamed = a service
gaps-services-unnamed = several services
gaps-people-counted = { $unit ->
    [people-waiting] { $people ->
        [one] { $people } person waiting
       *[other] { $people } people waiting
    }
    [open-cases] { $people ->
        [one] { $people } open case
       *[other] { $people } open cases
    }
    [women] { $people ->
        [one] { $people } woman
       *[other] { $people } women
    }
    [disabled-people] { $people ->
        [one] { $people } disabled person
       *[other] { $people } disabled people
    }
   *[residents] { $people ->
        [one] { $people } resident
       *[other] { $people } residents
    }
}

# How sure, and why: each follows “because”.
gaps-because-both = { $first }; { $next }
gaps-because-complete = the plan says that its list is complete, which no other source confirms
gaps-because-incomplete = the plan does not say that its list is complete
gaps-because-people-not-known = no source of the plan says how many people this is
gaps-no-record = no service is listed whose record could say
gaps-because-dates = the records give the dates
gaps-because-silent = the catalogue does not say
gaps-otherwise-none = A record may be wrong or out of date, and nobody who needs the service was asked.

gaps-standard-figure = { $standard }: { $figure } { $unit } for each { $per } { $denominator }
gaps-standard-source = { $source }, { $published }.
gaps-standard-source-unchecked = { $source }, { $published }. Not checked in the publisher’s own paper.

# The register.
gaps-register-headline = { $gaps ->
    [one] { $gaps } gap found; { $unknown } of { $tested } tests not known
   *[other] { $gaps } gaps found; { $unknown } of { $tested } tests not known
}
gaps-register-headline-not-known = No gap claimed: { $unknown } of { $tested } tests not known
gaps-register-headline-none = No gap was found
gaps-register-subtitle = Register of gaps by { $tests } tests, { $area }, { $day }
gaps-register-counted = { $tested ->
    [one] On { $day } we made { $tested } check:
   *[other] On { $day } we made { $tested } tests:
} { $gaps ->
    [one] { $gaps } found a gap
   *[other] { $gaps } found a gap
}, { $unknown } could not be answered from the data, and { $no_gap } found no gap.
gaps-register-unanswered = { $tested ->
    [one] On { $day } we made { $tested } check. The data could not answer it.
   *[other] On { $day } we made { $tested } tests. The data could not answer any of them.
}
gaps-register-first = The gaps to look at first: { $first }.
gaps-register-item = { $subject } ({ MID($who) })
gaps-register-item-short = { $subject } ({ $measured })
gaps-register-item-people = { $subject } ({ MID($who) }, { gaps-people-counted })
gaps-register-gap = { $subject }: { $measured }.
gaps-register-who = Who: { $who }.
gaps-register-who-people = Who: { $who }, { gaps-people-counted }.
gaps-register-who-withheld = Who: { $who }; how many they are is withheld to protect people.
gaps-register-need = About { $lower } to { $upper } women among them may be harmed in a year, if the rates of national surveys hold here (an estimate).
gaps-register-standard = Standard: { $standard } ({ $status }).
gaps-register-sure = Confidence: { $confidence ->
    [high] high
    [medium] medium
   *[low] low
}, because { $because }. It could also be this: { $otherwise }

gaps-caveat-not-known = “Not known” means that the data do not answer the question. It never means that nothing is missing, nor that nothing is there.
gaps-caveat-ranks = Ranks say what to look at first. They rest on weights that people may disagree with: read the range, not the number.
gaps-caveat-need = Estimated need is the share found in a national survey, times the women who live here.

# Who is reached, by kind of service.
gaps-people-headline = Who is reached, and what stops the others
gaps-people-subtitle = { CAPITAL($unit) } by kind of service, { $area }
gaps-people-unit = { $whom ->
    [women] women aged { $age } and over
   *[residents] residents
}
gaps-people-part = { $part ->
    [reached] in reach, not known to be full
    [full] in reach, but full
    [not-for-them] in reach, not for them
    [not-running] paused, ended or not begun
    [beyond] beyond reach
   *[not-known] not known
}
gaps-people-beyond = { $kind }: { $people } { $unit } in { $area } ({ $share }) live beyond reach of every listed service.
gaps-people-full = { $kind }: { $people } { $unit } in { $area } ({ $share }) have listed services in reach, all of them full.
gaps-people-not-for-them = { $kind }: { $people } { $unit } in { $area } ({ $share }) have listed services in reach, none of which is for them.
gaps-people-not-known = { $kinds ->
    [one] For { $kinds } kind of service we do not know whether some or all of them are reached.
   *[other] For { $kinds } kinds of service we do not know whether some or all of them are reached.
}
gaps-people-caveat-wide = Some kinds of service serve a wide area from one place. Where the plan gives them no distance of their own, we do not know whether those who live far away are beyond reach.
gaps-people-caveat-once = Everybody is counted once for each kind of service, at the best that any service offers them. Few of them need it: this is who could use it, not who does.
gaps-people-caveat-silent = Reach is a distance in a straight line, or that a service comes to people. A service whose record does not say whom it is for, or whether it is full, counts as open.

# From need to help.
gaps-need-harm = { $harm ->
    [domestic-abuse] domestic abuse
   *[sexual-assault] sexual assault or an attempt
}
gaps-need-label = { $barrier ->
    [beyond] Beyond reach
    [not-running] Paused, ended or not begun
    [not-for-them] In reach, not for them
    [full] In reach, but full
    [silent] In reach; no record says whom it takes and that it has room
   *[not-known] Not known whether anything is there
}
gaps-need-start = Estimated to be harmed in a year
gaps-need-end = A service that takes them has room
gaps-need-headline = { SHORT($kind) }: from need to help
gaps-need-headline-not-known = { SHORT($kind) }: not known whom it could help
gaps-need-headline-partly = { SHORT($kind) }: not known for about { $unknown } of { $women } women
gaps-need-headline-none = { SHORT($kind) }: records show room for women
gaps-need-headline-stopped = { SHORT($kind) }: barriers for about { $stopped } of { $women } women
gaps-need-subtitle = Women aged { $age } and over estimated to experience { $harm } in a year, { $area }
gaps-need-expected = About { $women } women aged { $age } and over in { $area } may experience { $harm } in a year, if the rate of { $surveyed } ({ $share }, { $period }) holds here.
gaps-need-barrier = { $barrier ->
    [beyond] about { $stopped } live beyond reach of every listed service
    [not-running] about { $stopped } have only services in reach that are paused, ended or not begun
    [not-for-them] about { $stopped } have services in reach that are not for them
   *[full] about { $stopped } have only full services in reach
}
gaps-need-stopped = { $kind }: { $stopped }.
gaps-need-silent = About { $silent } have services in reach of which no record says both whom it takes and that it has room: nobody knows whether they can come.
gaps-need-not-known = For about { $unknown } of them we do not know whether a service is there for them.
gaps-need-left = Records name a service with room that takes the other { $left }, though there may not be room for so many.
gaps-need-left-all = Records name a service with room that takes each of them, though there may not be room for so many.
gaps-need-cases = { $cases ->
    [one] The listed services have { $cases } open case
   *[other] The listed services have { $cases } open cases
}, men and people from elsewhere among them: { $rate } for each { $per } of these women.
gaps-need-caveat-survey = Need is an estimate: the share found in a survey of { $surveyed } ({ $source }, { $period }), times the women who live here. It takes the risk to be the same everywhere.
gaps-need-caveat-could = Not everybody who is harmed wants or needs this kind of service: it is who could come, not who should.
gaps-need-caveat-once = Each woman is counted once, at the best that any service offers her. Where no record says both whom it takes and that it has room, we do not know whether she can come.

# The records.
gaps-records-headline = What the records of each provider say
gaps-records-subtitle = Records by provider, and how many of them say what is asked, { $area }
gaps-records-complete = { $records ->
    [one] Every record of an open catalogue says all that the tests of gaps need ({ $records } record).
   *[other] Every record of an open catalogue says all that the tests of gaps need ({ $records } records in all).
}
gaps-records-incomplete = { $incomplete ->
    [one] { $incomplete } of { $records } records is incomplete. Ask its provider for what is missing.
   *[other] { $incomplete } of { $records } records are incomplete. Ask first about those that leave out most.
}
gaps-records-chase = Ask the provider of { $service } ({ $place }) for this: { $missing }.
gaps-records-caveat = Counts of records, not of people. That a record says something does not make it true.
